import { createHash } from "node:crypto";
import { checkKey, decodeUri } from "./address.ts";
import type { Segment } from "./blobs.ts";
import { type Checksum, type ChecksumAlgorithm, parseAlgorithm, runningChecksum } from "./checksums.ts";
import { checkCopySource, checkWrite } from "./conditions.ts";
import { invalidArgument, refusal } from "./errors.ts";
import { type Operation, type S3Request, type Store, xmlReply } from "./exchange.ts";
import { attributesOf, checkHeaders, legalHoldOf, quoted, versionHeader } from "./object-headers.ts";
import { findVersion } from "./read-object.ts";
import type { Attributes, Version } from "./version-rows.ts";
import { commit, writeVersion } from "./write-version.ts";
import { xmlDocument } from "./xml.ts";

const fiveGiB = 5 * 1024 ** 3;

/** The version that x-amz-copy-source names: `[/]bucket/key[?versionId=id]`, percent-encoded. */
export function copySource(store: Store, { headers }: Pick<S3Request, "headers">): { readonly bucket: string; readonly version: Version } {
  const text = headers["x-amz-copy-source"] ?? "";
  const [, source, versionId] = /^\/?(.*?)(?:\?versionId=([^?]*))?$/s.exec(text) ?? [];
  const path = decodeUri(source ?? "");
  const slash = path.indexOf("/");
  if (slash < 1 || slash === path.length - 1)
    throw invalidArgument("x-amz-copy-source", text, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
  const bucket = path.slice(0, slash);
  const version = findVersion(store, bucket, checkKey(path.slice(slash + 1)), versionId === undefined ? undefined : decodeUri(versionId));
  checkCopySource(headers, version);
  return { bucket, version };
}

/** MD5, and one checksum where asked for, of bytes that are on disk. */
export async function digestOf(store: Store, segments: readonly Segment[], algorithm: ChecksumAlgorithm | undefined) {
  const md5 = createHash("md5");
  const running = algorithm === undefined ? undefined : runningChecksum(algorithm);
  for await (const piece of store.blobs.read(segments, 0, Number.MAX_SAFE_INTEGER)) {
    md5.update(piece);
    running?.update(piece);
  }
  return { md5: md5.digest(), checksum: algorithm && running && { algorithm, value: running.digest().toString("base64") } };
}

/** Tag and checksum of the copy. They are the source's, unless it was made of parts or another algorithm is asked for: then its bytes are read. */
async function identity(
  store: Store,
  version: Version,
  asked: ChecksumAlgorithm | undefined,
): Promise<{ readonly etag: string; readonly checksum: Checksum | undefined }> {
  const { checksum, parts } = version.attributes;
  const algorithm = asked ?? checksum?.algorithm;
  if (parts === undefined && (algorithm === undefined || checksum?.algorithm === algorithm)) return { etag: version.etag, checksum };
  const fresh = await digestOf(store, version.segments, algorithm);
  return { etag: fresh.md5.toString("hex"), checksum: fresh.checksum && { ...fresh.checksum, type: "FULL_OBJECT" } };
}

function attributesOfCopy(request: S3Request, source: Version, sourceBucket: string): Attributes {
  const directive = request.headers["x-amz-metadata-directive"] ?? "COPY";
  if (directive === "REPLACE") return attributesOf(request.headers);
  if (directive !== "COPY") throw invalidArgument("x-amz-metadata-directive", directive, "Unknown metadata directive.");
  checkHeaders(request.headers);
  if (sourceBucket === request.bucket && source.key === request.key && source.latest)
    throw refusal(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  return { headers: source.attributes.headers, metadata: source.attributes.metadata };
}

/** CopyObject: the copy shares the source's bytes on disk. */
export const copyObject: Operation = async (store, request) => {
  const { versioning } = store.buckets.get(request.bucket);
  const source = copySource(store, request);
  if (source.version.size > fiveGiB)
    throw refusal("InvalidRequest", `The specified copy source is larger than the maximum allowable size for a copy source: ${fiveGiB}`);
  const attributes = attributesOfCopy(request, source.version, source.bucket);
  checkWrite(request.headers, request.key, store.versions.latest(request.bucket, request.key));
  const named = request.headers["x-amz-checksum-algorithm"];
  const unpin = store.blobs.pin(source.version.segments);
  try {
    const { etag, checksum } = await identity(store, source.version, named === undefined ? undefined : parseAlgorithm(named));
    const { size, segments } = source.version;
    const draft = {
      size,
      etag,
      legalHold: legalHoldOf(request.headers),
      uploadId: undefined,
      attributes: { ...attributes, ...(checksum && { checksum }) },
      segments,
    };
    const written = await commit(store, () => writeVersion(store, request, draft, "CopyObject"));
    const result = [
      ["LastModified", new Date(written.modifiedAt).toISOString()],
      ["ETag", quoted(etag)],
      ...(checksum === undefined ? [] : ([[`Checksum${checksum.algorithm}`, checksum.value]] as const)),
    ] as const;
    const sourceVersioning = store.buckets.get(source.bucket).versioning;
    return xmlReply(xmlDocument("CopyObjectResult", result), {
      ...versionHeader(written, versioning),
      ...(sourceVersioning !== "Unversioned" && { "x-amz-copy-source-version-id": source.version.versionId }),
    });
  } finally {
    unpin();
  }
};
