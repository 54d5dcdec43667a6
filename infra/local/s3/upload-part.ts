import type { Segment } from "./blobs.ts";
import { copySource, digestOf } from "./copy-object.ts";
import { invalidArgument, noSuchUpload, refusal } from "./errors.ts";
import { type Operation, type S3Request, type Store, xmlReply } from "./exchange.ts";
import { checksumHeaders, quoted } from "./object-headers.ts";
import { keepOrDiscard, receive } from "./put-object.ts";
import type { ByteRange } from "./ranges.ts";
import type { Part, Upload } from "./upload-rows.ts";
import { findUpload } from "./upload-start.ts";
import { commit } from "./write-version.ts";
import { xmlDocument } from "./xml.ts";

const fiveGiB = 5 * 1024 ** 3;

/** Records a part, in place of an earlier one of that number. @throws S3Error NoSuchUpload when the upload ended meanwhile */
const recordPart = (store: Store, upload: Upload, part: Part) =>
  commit(store, () => {
    if (store.uploads.find(upload.bucket, upload.key, upload.id) === undefined) throw noSuchUpload(upload.id);
    const replaced = store.uploads.part(upload.id, part.number);
    store.uses.retain(part.segments);
    store.uploads.putPart(upload.id, part);
    return { garbage: replaced === undefined ? [] : store.uses.release(replaced.segments) };
  });

function partNumberOf({ query }: S3Request): number {
  const text = query.get("partNumber") ?? "";
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 10_000)
    throw invalidArgument("partNumber", text, "Part number must be an integer between 1 and 10000, inclusive");
  return Number(text);
}

export const uploadPart: Operation = async (store, request) => {
  const upload = findUpload(store, request);
  const number = partNumberOf(request);
  const received = await receive(store, request, upload.algorithm);
  const { size, md5, checksum, segments } = received;
  const part = { number, size, etag: md5.toString("hex"), modifiedAt: store.now(), checksum, segments };
  await keepOrDiscard(store, received, async () => {
    if (upload.algorithm !== undefined && checksum !== undefined && checksum.algorithm !== upload.algorithm)
      throw refusal(
        "InvalidRequest",
        `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
      );
    await recordPart(store, upload, part);
  });
  const { "x-amz-checksum-type": _type, ...headers } = checksumHeaders(checksum && { ...checksum, type: "FULL_OBJECT" });
  return { status: 200, headers: { etag: quoted(part.etag), ...headers } };
};

/** x-amz-copy-source-range: `bytes=first-last`, both given and inside the source. */
function sourceRange(text: string | undefined, size: number): ByteRange {
  if (text === undefined) return { start: 0, end: size - 1 };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last))
    throw invalidArgument(
      "x-amz-copy-source-range",
      text,
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
    );
  if (Number(last) >= size) throw invalidArgument("x-amz-copy-source-range", text, `Range specified is not valid for source object of size: ${size}`);
  return { start: Number(first), end: Number(last) };
}

/** The pieces of segments that a range covers. */
export function slice(segments: readonly Segment[], { start, end }: ByteRange): Segment[] {
  let position = 0;
  return segments.flatMap((segment) => {
    const from = Math.max(start - position, 0);
    const to = Math.min(end + 1 - position, segment.length);
    position += segment.length;
    return from < to ? [{ blob: segment.blob, offset: segment.offset + from, length: to - from }] : [];
  });
}

/** UploadPartCopy: the part names the source's bytes on disk; they are read once for its tag. */
export const uploadPartCopy: Operation = async (store, request) => {
  const upload = findUpload(store, request);
  const number = partNumberOf(request);
  const { version } = copySource(store, request);
  const range = sourceRange(request.headers["x-amz-copy-source-range"], version.size);
  const size = range.end - range.start + 1;
  if (size > fiveGiB) throw refusal("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", { MaxSizeAllowed: String(fiveGiB) });
  const unpin = store.blobs.pin(version.segments);
  try {
    const segments = slice(version.segments, range);
    const { md5, checksum } = await digestOf(store, segments, upload.algorithm);
    const part = { number, size, etag: md5.toString("hex"), modifiedAt: store.now(), checksum, segments };
    await recordPart(store, upload, part);
    return xmlReply(
      xmlDocument("CopyPartResult", [
        ["LastModified", new Date(part.modifiedAt).toISOString()],
        ["ETag", quoted(part.etag)],
        ...(checksum === undefined ? [] : ([[`Checksum${checksum.algorithm}`, checksum.value]] as const)),
      ]),
    );
  } finally {
    unpin();
  }
};
