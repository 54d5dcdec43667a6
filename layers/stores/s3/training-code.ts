import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { doesNotExist, invalid } from "#core/errors.ts";
import { type CodeFile, packTar, unpackTar } from "#core/training/jobs/tar.ts";
import { formatS3Uri, type Objects, parseS3Uri } from "./objects.ts";

/** Scripts are small: what is more belongs into data or the image. */
const maxBytes = 64 * 2 ** 20;
const tooLarge = (uri: string) => invalid(`code must have at most ${maxBytes} bytes, got more under ${uri}`);

function unzipped(uri: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge(uri) : invalid(`code ${uri} must be compressed by gzip`);
  }
}

async function filesUnder(objects: Objects, uri: string): Promise<CodeFile[]> {
  const { bucket, key } = parseS3Uri(`${uri.replace(/\/+$/, "")}/`);
  const found = (await objects.list(bucket, key)).filter((one) => !one.key.endsWith("/"));
  if (found.length === 0) throw doesNotExist(`code: no object under ${uri}`);
  if (found.reduce((sum, { bytes }) => sum + bytes, 0) > maxBytes) throw tooLarge(uri);
  return await Promise.all(
    found.map(async (one) => ({ path: one.key.slice(key.length), bytes: (await objects.get({ bucket, key: one.key })) ?? new Uint8Array() })),
  );
}

/** The code of training scripts. */
export const trainingCode = (objects: Objects, bucket: string) => ({
  /** The files of a folder or a .tar.gz. @throws DomainError when there are none, or more than fits */
  async read(uri: string): Promise<CodeFile[]> {
    if (!uri.endsWith(".tar.gz")) return filesUnder(objects, uri);
    const address = parseS3Uri(uri);
    const size = await objects.size(address);
    if (size === undefined) throw doesNotExist(`code: object ${uri} not found`);
    if (size > maxBytes) throw tooLarge(uri);
    return unpackTar(unzipped(uri, (await objects.get(address)) ?? new Uint8Array()));
  },
  /** Keeps code as training-code/<its SHA-256>.tar.gz: what ran can be had again, whatever becomes of the original. */
  async keep(files: readonly CodeFile[]): Promise<{ readonly uri: string; readonly sha256: string }> {
    const archive = packTar(files);
    const sha256 = createHash("sha256").update(archive).digest("hex");
    const address = { bucket, key: `training-code/${sha256}.tar.gz` };
    await objects.putIfAbsent(address, gzipSync(archive), "application/gzip");
    return { uri: formatS3Uri(address), sha256 };
  },
});
