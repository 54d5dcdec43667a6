import { createHash } from "node:crypto";
import { type Checksum, type ChecksumType, checksumAlgorithms, checksumHeader, givenChecksum, joinChecksums } from "./checksums.ts";
import { noSuchUpload, refusal } from "./errors.ts";
import { type Operation, type S3Request, type Store, xmlReply } from "./exchange.ts";
import { quoted, versionHeader } from "./object-headers.ts";
import { childrenOf, parseXml, requiredText, textOf, type XmlNode } from "./parse-xml.ts";
import { readDocument } from "./payload.ts";
import type { Part, Upload } from "./upload-rows.ts";
import { dropUpload } from "./upload-start.ts";
import { commit, type Draft, writeVersion } from "./write-version.ts";
import { xmlDocument } from "./xml.ts";

const fiveMiB = 5 * 1024 ** 2;

interface Claimed {
  readonly number: number;
  readonly etag: string;
  readonly checksums: readonly string[];
}

function claimedPart(node: XmlNode): Claimed {
  const number = Number(requiredText(node, "PartNumber"));
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000))
    throw refusal("InvalidArgument", "PartNumber must be an integer between 1 and 10000, inclusive");
  return {
    number,
    etag: requiredText(node, "ETag").replaceAll('"', ""),
    checksums: checksumAlgorithms.flatMap((algorithm) => textOf(node, `Checksum${algorithm}`) ?? []),
  };
}

/** The uploaded parts that the client lists, in its order. @throws S3Error InvalidPartOrder, InvalidPart, EntityTooSmall */
function chooseParts(store: Store, upload: Upload, claimed: readonly Claimed[]): Part[] {
  if (claimed.some(({ number }, index) => index > 0 && number <= (claimed[index - 1]?.number ?? 0)))
    throw refusal("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", { UploadId: upload.id });
  const parts = claimed.map(({ number, etag, checksums }) => {
    const part = store.uploads.part(upload.id, number);
    if (part === undefined || part.etag !== etag || checksums.some((checksum) => checksum !== part.checksum?.value))
      throw refusal(
        "InvalidPart",
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        {
          UploadId: upload.id,
          PartNumber: String(number),
          ETag: etag,
        },
      );
    return part;
  });
  const small = parts.slice(0, -1).find(({ size }) => size < fiveMiB);
  if (small !== undefined)
    throw refusal("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
      ProposedSize: String(small.size),
      MinSizeAllowed: String(fiveMiB),
      PartNumber: String(small.number),
      ETag: small.etag,
    });
  return parts;
}

/** The finished object's checksum: of the algorithm that the upload was begun with, or that all parts and the last request agree on. */
function checksumOf(headers: S3Request["headers"], upload: Upload, parts: readonly Part[]): Checksum | undefined {
  const given = givenChecksum(headers);
  const algorithm = upload.algorithm ?? given?.algorithm;
  if (algorithm === undefined) return undefined;
  const asked = headers["x-amz-checksum-type"];
  if (asked !== undefined && upload.checksumType !== undefined && asked !== upload.checksumType)
    throw refusal("InvalidRequest", "The checksum type of the upload does not match the checksum type specified in the request.");
  const type: ChecksumType = upload.checksumType ?? (algorithm.startsWith("SHA") ? "COMPOSITE" : "FULL_OBJECT");
  const values = parts.flatMap(({ checksum, size }) => (checksum?.algorithm === algorithm ? [{ value: checksum.value, size }] : []));
  if (values.length !== parts.length) throw refusal("InvalidRequest", `The upload was not made with ${algorithm} checksums for every part.`);
  const value = joinChecksums(algorithm, type, values);
  if (given !== undefined && (given.algorithm !== algorithm || given.value.replace(/-\d+$/, "") !== value.replace(/-\d+$/, "")))
    throw refusal("BadDigest", `The ${given.algorithm} you specified did not match the calculated checksum.`, { Header: checksumHeader(given.algorithm) });
  return { algorithm, value, type };
}

function draftOf(headers: S3Request["headers"], upload: Upload, parts: readonly Part[]): Draft {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const announced = headers["x-amz-mp-object-size"];
  if (announced !== undefined && Number(announced) !== size)
    throw refusal("InvalidRequest", `The provided 'x-amz-mp-object-size' header value ${announced} does not match what was computed: ${size}`);
  const tags = createHash("md5");
  for (const { etag } of parts) tags.update(Buffer.from(etag, "hex"));
  const checksum = checksumOf(headers, upload, parts);
  const summaries = parts.map((part, index) => ({ number: index + 1, size: part.size, ...(part.checksum && { checksum: part.checksum.value }) }));
  return {
    size,
    etag: `${tags.digest("hex")}-${parts.length}`,
    legalHold: upload.legalHold,
    uploadId: upload.id,
    attributes: { ...upload.attributes, parts: summaries, ...(checksum && { checksum }) },
    segments: parts.flatMap(({ segments }) => segments),
  };
}

/** Makes the object out of its parts, without moving a byte. A repeat of a request that succeeded gets the same answer. */
export const completeUpload: Operation = async (store, request) => {
  const { bucket, key, headers, query, origin } = request;
  const { versioning } = store.buckets.get(bucket);
  const claimed = childrenOf(parseXml(await readDocument(request.payload, "elsewhere"), "CompleteMultipartUpload"), "Part").map(claimedPart);
  if (claimed.length === 0) throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
  const id = query.get("uploadId") ?? "";
  const done = await commit(store, () => {
    const upload = store.uploads.find(bucket, key, id);
    const before = upload === undefined ? store.versions.ofUpload(bucket, key, id) : undefined;
    if (before !== undefined) return { versionId: before.versionId, etag: before.etag, checksum: before.attributes.checksum, garbage: [] };
    if (upload === undefined) throw noSuchUpload(id);
    const draft = draftOf(headers, upload, chooseParts(store, upload, claimed));
    const written = writeVersion(store, request, draft, "CompleteMultipartUpload");
    return { ...written, checksum: draft.attributes.checksum, garbage: [...written.garbage, ...dropUpload(store, upload)] };
  });
  return xmlReply(
    xmlDocument("CompleteMultipartUploadResult", [
      ["Location", `${origin}/${bucket}/${encodeURIComponent(key)}`],
      ["Bucket", bucket],
      ["Key", key],
      ["ETag", quoted(done.etag)],
      ...(done.checksum === undefined
        ? []
        : ([
            [`Checksum${done.checksum.algorithm}`, done.checksum.value],
            ["ChecksumType", done.checksum.type],
          ] as const)),
    ]),
    versionHeader(done, versioning),
  );
};
