import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { ArtifactAddress } from "#core/artifacts/artifact-address.ts";
import type { NewArtifact } from "#core/artifacts/artifact-store.ts";
import { invalid } from "#core/errors.ts";

/** S3 takes 10,000 parts of 5 MiB to 5 GiB: files of up to 78 GiB. */
export const partBytes = 8 * 1024 * 1024;
/** Parts on their way at once: with the one being filled, memory stays below 32 MiB however large the file. */
const inFlight = 3;

/** The body in parts of {@link partBytes}, the last one shorter; at least one, which may be empty. */
async function* partsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let count = 0;
  for await (const chunk of body) {
    let rest = chunk;
    while (size + rest.byteLength >= partBytes) {
      const head = rest.subarray(0, partBytes - size);
      yield Buffer.concat([...pieces, head]);
      count += 1;
      rest = rest.subarray(head.byteLength);
      pieces = [];
      size = 0;
    }
    if (rest.byteLength > 0) pieces.push(rest);
    size += rest.byteLength;
  }
  if (size > 0 || count === 0) yield Buffer.concat(pieces);
}

interface Destination {
  readonly Bucket: string;
  readonly Key: string;
}

interface Parts {
  readonly first: Buffer;
  readonly rest: AsyncIterable<Buffer>;
  /** Throws when this is not how long the body was to be. */
  readonly check: (bytes: number) => void;
}

async function writeParts(client: S3Client, place: Destination, contentType: object, { first, rest, check }: Parts): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...place, ...contentType }));
  const started: Promise<CompletedPart>[] = [];
  const running = new Set<Promise<unknown>>();
  const start = (Body: Buffer) => {
    const PartNumber = started.length + 1;
    const part = client.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body })).then(({ ETag }) => ({ ETag, PartNumber }));
    const settled: Promise<unknown> = Promise.allSettled([part]).then(() => running.delete(settled));
    running.add(settled);
    started.push(part);
  };
  try {
    start(first);
    let total = first.byteLength;
    for await (const part of rest) {
      total += part.byteLength;
      start(part);
      if (running.size >= inFlight) await Promise.race(running);
    }
    const Parts = await Promise.all(started);
    check(total);
    await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }));
  } catch (error) {
    await Promise.allSettled(started);
    // What the bucket's rule for unfinished uploads would remove in days goes now where it can; the caller learns why it failed.
    await client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
    throw error;
  }
}

/** Writes a body of any length, in one call when it is one part and else in parts; one that fails or ends early leaves nothing. */
export async function writeArtifact(client: S3Client, { bucket, key }: ArtifactAddress, { body, contentType, bytes }: NewArtifact): Promise<void> {
  const place = { Bucket: bucket, Key: key };
  const typed = contentType === undefined || contentType === "" ? {} : { ContentType: contentType };
  const check = (total: number) => {
    if (bytes !== undefined && total !== bytes) throw invalid(`body must hold the ${bytes} bytes that Content-Length says, got ${total}`);
  };
  const parts = partsOf(body);
  const { value: first = Buffer.alloc(0) } = await parts.next();
  if (first.byteLength === partBytes) return await writeParts(client, place, typed, { first, rest: parts, check });
  check(first.byteLength);
  await client.send(new PutObjectCommand({ ...place, ...typed, Body: first }));
}
