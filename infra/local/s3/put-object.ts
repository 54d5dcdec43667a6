import type { Segment } from "./blobs.ts";
import type { ChecksumAlgorithm } from "./checksums.ts";
import { checkWrite } from "./conditions.ts";
import { refusal } from "./errors.ts";
import type { Operation, S3Request, Store } from "./exchange.ts";
import { attributesOf, checksumHeaders, legalHoldOf, quoted, versionHeader } from "./object-headers.ts";
import type { PayloadSummary } from "./payload.ts";
import { commit, writeVersion } from "./write-version.ts";

const fiveGiB = 5 * 1024 ** 3;

/** The body of a request on disk, verified; nothing names it yet. */
export interface Received extends PayloadSummary {
  readonly segments: readonly Segment[];
}

/** Writes a body to disk and checks it. On failure nothing is left. @throws S3Error MissingContentLength, EntityTooLarge, or what is wrong with the bytes */
export async function receive(store: Store, { payload }: S3Request, computed?: ChecksumAlgorithm): Promise<Received> {
  if (payload.length === undefined) throw refusal("MissingContentLength", "You must provide the Content-Length HTTP header.");
  if (payload.length > fiveGiB)
    throw refusal("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
      ProposedSize: String(payload.length),
      MaxSizeAllowed: String(fiveGiB),
    });
  const { bytes, summary } = payload.open(computed);
  let verified: PayloadSummary | undefined;
  async function* checked(): AsyncGenerator<Uint8Array> {
    yield* bytes;
    verified = summary();
  }
  const blob = await store.blobs.write(checked());
  const { size, md5, checksum } = verified ?? summary();
  return { size, md5, checksum, segments: [{ blob, offset: 0, length: size }] };
}

/** Runs `record` on received bytes; when it refuses them they are taken from disk again. */
export async function keepOrDiscard<T>(store: Store, { segments }: Pick<Received, "segments">, record: () => Promise<T>): Promise<T> {
  try {
    return await record();
  } catch (error) {
    await store.blobs.discard(segments.map(({ blob }) => blob));
    throw error;
  }
}

export const putObject: Operation = async (store, request) => {
  const { bucket, key, headers } = request;
  const { versioning } = store.buckets.get(bucket);
  checkWrite(headers, key, store.versions.latest(bucket, key));
  const [attributes, legalHold] = [attributesOf(headers), legalHoldOf(headers)];
  const { size, md5, checksum: sum, segments } = await receive(store, request);
  const checksum = sum && { ...sum, type: "FULL_OBJECT" as const };
  const draft = { size, etag: md5.toString("hex"), legalHold, uploadId: undefined, attributes: { ...attributes, ...(checksum && { checksum }) }, segments };
  const written = await keepOrDiscard(store, { segments }, () => commit(store, () => writeVersion(store, request, draft, "PutObject")));
  return { status: 200, headers: { etag: quoted(written.etag), ...versionHeader(written, versioning), ...checksumHeaders(checksum) } };
};
