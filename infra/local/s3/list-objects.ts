import { invalidArgument } from "./errors.ts";
import { type Operation, type S3Reply, type S3Request, wholeNumber, xmlReply } from "./exchange.ts";
import { afterPrefix, type ScanStart, startOfToken, tokenOf } from "./key-order.ts";
import { quoted } from "./object-headers.ts";
import { type Entry, type Page, scanKeys } from "./scan-keys.ts";
import { encodeStrictly } from "./sigv4.ts";
import type { VersionSummary } from "./version-rows.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

/** What the three listings have in common. */
export interface ListingQuery {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  /** Keys as they stand in the document: with encoding-type=url percent-encoded, slashes left alone. */
  readonly encode: (text: string) => string;
  readonly encodingType: string | undefined;
}

/** @throws S3Error InvalidArgument */
export function listingQuery({ query }: S3Request, limitName: string): ListingQuery {
  const encodingType = query.get("encoding-type") ?? undefined;
  if (encodingType !== undefined && encodingType !== "url")
    throw invalidArgument("encoding-type", encodingType, "Invalid Encoding Method specified in Request");
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    limit: Math.min(1000, wholeNumber(query, limitName, 1000)),
    encode: encodingType === undefined ? (text) => text : (text) => encodeStrictly(text).replaceAll("%2F", "/"),
    encodingType,
  };
}

export const owner: XmlElement = [
  "Owner",
  [
    ["ID", "capstan"],
    ["DisplayName", "capstan"],
  ],
];

export const contentFields = (version: VersionSummary): XmlElement[] => [
  ["LastModified", new Date(version.modifiedAt).toISOString()],
  ["ETag", quoted(version.etag)],
  ["Size", version.size],
  ["StorageClass", "STANDARD"],
];

export const prefixElements = (entries: readonly Entry[], encode: (text: string) => string): XmlElement[] =>
  entries.flatMap((entry): XmlElement[] => ("prefix" in entry ? [["CommonPrefixes", [["Prefix", encode(entry.prefix)]]]] : []));

const contents = (page: Page, encode: (text: string) => string, withOwner: boolean): XmlElement[] =>
  page.entries.flatMap((entry): XmlElement[] =>
    "version" in entry ? [["Contents", [["Key", encode(entry.version.key)], ...contentFields(entry.version), ...(withOwner ? [owner] : [])]]] : [],
  );

const lastOf = (page: Page): { readonly key: string } | { readonly prefix: string } => {
  const entry = page.entries.at(-1);
  return entry === undefined ? { key: "" } : "version" in entry ? { key: entry.version.key } : entry;
};

function listV2(request: S3Request, scan: (start: ScanStart | "end", list: ListingQuery) => Page): S3Reply {
  const list = listingQuery(request, "max-keys");
  const token = request.query.get("continuation-token") ?? undefined;
  const after = request.query.get("start-after") ?? undefined;
  const start = token === undefined ? { from: after ?? "", inclusive: false } : startOfToken(token);
  if (start === undefined) throw invalidArgument("continuation-token", token ?? "", "The continuation token provided is incorrect");
  const page = scan(start, list);
  return xmlReply(
    xmlDocument("ListBucketResult", [
      ["Name", request.bucket],
      ["Prefix", list.encode(list.prefix)],
      ["Delimiter", list.delimiter === "" ? undefined : list.encode(list.delimiter)],
      ["MaxKeys", list.limit],
      ["EncodingType", list.encodingType],
      ["KeyCount", page.entries.length],
      ["IsTruncated", page.truncated],
      ["ContinuationToken", token],
      ["NextContinuationToken", page.truncated ? tokenOf(lastOf(page)) : undefined],
      ["StartAfter", after === undefined ? undefined : list.encode(after)],
      ...contents(page, list.encode, request.query.get("fetch-owner") === "true"),
      ...prefixElements(page.entries, list.encode),
    ]),
  );
}

/** The first version of ListObjects, which continues behind a marker that clients can read. */
function listV1(request: S3Request, scan: (start: ScanStart | "end", list: ListingQuery) => Page): S3Reply {
  const list = listingQuery(request, "max-keys");
  const marker = request.query.get("marker") ?? "";
  const isPrefix = list.delimiter !== "" && marker.endsWith(list.delimiter) && marker.length > list.prefix.length;
  const page = scan(isPrefix ? afterPrefix(marker) : { from: marker, inclusive: false }, list);
  const last = lastOf(page);
  return xmlReply(
    xmlDocument("ListBucketResult", [
      ["Name", request.bucket],
      ["Prefix", list.encode(list.prefix)],
      ["Marker", list.encode(marker)],
      ["NextMarker", page.truncated && list.delimiter !== "" ? list.encode("key" in last ? last.key : last.prefix) : undefined],
      ["Delimiter", list.delimiter === "" ? undefined : list.encode(list.delimiter)],
      ["MaxKeys", list.limit],
      ["EncodingType", list.encodingType],
      ["IsTruncated", page.truncated],
      ...contents(page, list.encode, true),
      ...prefixElements(page.entries, list.encode),
    ]),
  );
}

/** ListObjectsV2, and ListObjects where list-type is not 2. */
export const listObjects: Operation = (store, request) => {
  store.buckets.get(request.bucket);
  const scan = (start: ScanStart | "end", { prefix, delimiter, limit }: ListingQuery): Page =>
    limit === 0 ? { entries: [], truncated: false } : scanKeys(store.database, { bucket: request.bucket, prefix, delimiter, start, limit, versions: false });
  return request.query.get("list-type") === "2" ? listV2(request, scan) : listV1(request, scan);
};
