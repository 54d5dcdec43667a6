import { type Operation, type S3Request, type Store, wholeNumber, xmlReply } from "./exchange.ts";
import { afterPrefix, commonPrefixOf } from "./key-order.ts";
import { type ListingQuery, listingQuery, owner } from "./list-objects.ts";
import { quoted } from "./object-headers.ts";
import type { Upload } from "./upload-rows.ts";
import { findUpload } from "./upload-start.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

const initiator: XmlElement = [
  "Initiator",
  [
    ["ID", "capstan"],
    ["DisplayName", "capstan"],
  ],
];

/** ListParts: the parts of one upload by number. */
export const listParts: Operation = (store, request) => {
  const upload = findUpload(store, request);
  const limit = Math.min(1000, wholeNumber(request.query, "max-parts", 1000));
  const marker = wholeNumber(request.query, "part-number-marker", 0);
  const found = store.uploads.partsAfter(upload.id, marker, limit + 1);
  const parts = found.slice(0, limit);
  return xmlReply(
    xmlDocument("ListPartsResult", [
      ["Bucket", request.bucket],
      ["Key", request.key],
      ["UploadId", upload.id],
      initiator,
      owner,
      ["StorageClass", "STANDARD"],
      ["PartNumberMarker", marker],
      ["NextPartNumberMarker", parts.at(-1)?.number ?? marker],
      ["MaxParts", limit],
      ["IsTruncated", found.length > limit],
      ["ChecksumAlgorithm", upload.algorithm],
      ["ChecksumType", upload.checksumType],
      ...parts.map(
        (part): XmlElement => [
          "Part",
          [
            ["PartNumber", part.number],
            ["LastModified", new Date(part.modifiedAt).toISOString()],
            ["ETag", quoted(part.etag)],
            ["Size", part.size],
            ...(part.checksum === undefined ? [] : ([[`Checksum${part.checksum.algorithm}`, part.checksum.value]] as const)),
          ],
        ],
      ),
    ]),
  );
};

interface UploadPage {
  readonly uploads: readonly Upload[];
  readonly prefixes: readonly string[];
  readonly truncated: boolean;
  readonly nextKey: string;
  readonly nextId: string;
}

/** One page of uploads by key and then by id; a common prefix is left by one seek to its end. */
function scanUploads(store: Store, { bucket, query }: S3Request, { prefix, delimiter, limit }: ListingQuery): UploadPage {
  let key = query.get("key-marker") ?? "";
  let id = query.get("upload-id-marker") ?? "";
  const uploads: Upload[] = [];
  const prefixes: string[] = [];
  const page = (truncated: boolean): UploadPage => ({ uploads, prefixes, truncated, nextKey: key, nextId: id });
  let start = delimiter !== "" && id === "" && key.length > prefix.length && key.endsWith(delimiter) ? afterPrefix(key) : { from: prefix, inclusive: true };
  while (start !== "end") {
    // Without an id the marker stands behind all uploads of its key: ids are ASCII.
    const [upload] = store.uploads.after(bucket, key, key !== "" && id === "" ? "\u{10FFFF}" : id, start.from < prefix ? prefix : start.from, 1);
    if (upload === undefined || !upload.key.startsWith(prefix) || limit === 0) return page(false);
    if (uploads.length + prefixes.length === limit) return page(true);
    const common = commonPrefixOf(upload.key, prefix, delimiter);
    if (common === undefined) {
      uploads.push(upload);
      [key, id] = [upload.key, upload.id];
    } else {
      prefixes.push(common);
      [key, id] = [common, ""];
      start = afterPrefix(common);
    }
  }
  return page(false);
}

/** ListMultipartUploads: uploads in progress. */
export const listUploads: Operation = (store, request) => {
  store.buckets.get(request.bucket);
  const list = listingQuery(request, "max-uploads");
  const { prefix, delimiter, encode, encodingType, limit } = list;
  const { uploads, prefixes, truncated, nextKey, nextId } = scanUploads(store, request, list);
  return xmlReply(
    xmlDocument("ListMultipartUploadsResult", [
      ["Bucket", request.bucket],
      ["KeyMarker", encode(request.query.get("key-marker") ?? "")],
      ["UploadIdMarker", request.query.get("upload-id-marker") ?? ""],
      ["NextKeyMarker", truncated ? encode(nextKey) : undefined],
      ["NextUploadIdMarker", truncated ? nextId : undefined],
      ["Prefix", encode(prefix)],
      ["Delimiter", delimiter === "" ? undefined : encode(delimiter)],
      ["MaxUploads", limit],
      ["EncodingType", encodingType],
      ["IsTruncated", truncated],
      ...uploads.map(
        (upload): XmlElement => [
          "Upload",
          [
            ["Key", encode(upload.key)],
            ["UploadId", upload.id],
            initiator,
            owner,
            ["StorageClass", "STANDARD"],
            ["Initiated", new Date(upload.initiatedAt).toISOString()],
            ["ChecksumAlgorithm", upload.algorithm],
            ["ChecksumType", upload.checksumType],
          ],
        ],
      ),
      ...prefixes.map((common): XmlElement => ["CommonPrefixes", [["Prefix", encode(common)]]]),
    ]),
  );
};
