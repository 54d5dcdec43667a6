import { invalidArgument } from "./errors.ts";
import { type Operation, type S3Request, type Store, xmlReply } from "./exchange.ts";
import { afterPrefix, type ScanStart } from "./key-order.ts";
import { contentFields, listingQuery, owner, prefixElements } from "./list-objects.ts";
import { scanKeys } from "./scan-keys.ts";
import type { VersionSummary } from "./version-rows.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

function element(version: VersionSummary, encode: (text: string) => string): XmlElement {
  const [modified, ...rest] = contentFields(version);
  const fields: XmlElement[] = [
    ["Key", encode(version.key)],
    ["VersionId", version.versionId],
    ["IsLatest", version.latest],
    ...(modified === undefined ? [] : [modified]),
    ...(version.marker ? [] : rest),
    owner,
  ];
  return [version.marker ? "DeleteMarker" : "Version", fields];
}

/** Where the markers say to go on: behind a version of a key, behind a key, or behind a common prefix. */
function startOf(
  store: Store,
  { bucket, query }: S3Request,
  prefix: string,
  delimiter: string,
): { readonly start: ScanStart | "end"; readonly olderThan?: number } {
  const keyMarker = query.get("key-marker") ?? "";
  const idMarker = query.get("version-id-marker") ?? "";
  if (idMarker !== "") {
    if (keyMarker === "") throw invalidArgument("version-id-marker", idMarker, "A version-id marker cannot be specified without a key marker.");
    const version = store.versions.find(bucket, keyMarker, idMarker);
    // A version that was deleted meanwhile: its key is listed from the top again, since leaving versions out would be worse.
    return { start: { from: keyMarker, inclusive: true }, ...(version !== undefined && { olderThan: version.seq }) };
  }
  const isPrefix = delimiter !== "" && keyMarker.endsWith(delimiter) && keyMarker.length > prefix.length;
  return { start: isPrefix ? afterPrefix(keyMarker) : { from: keyMarker, inclusive: false } };
}

export const listObjectVersions: Operation = (store, request) => {
  store.buckets.get(request.bucket);
  const list = listingQuery(request, "max-keys");
  const { prefix, delimiter, limit } = list;
  const scan = { bucket: request.bucket, prefix, delimiter, limit, versions: true, ...startOf(store, request, prefix, delimiter) };
  const { entries, truncated } = limit === 0 ? { entries: [], truncated: false } : scanKeys(store.database, scan);
  const last = truncated ? entries.at(-1) : undefined;
  return xmlReply(
    xmlDocument("ListVersionsResult", [
      ["Name", request.bucket],
      ["Prefix", list.encode(prefix)],
      ["KeyMarker", list.encode(request.query.get("key-marker") ?? "")],
      ["VersionIdMarker", request.query.get("version-id-marker") ?? ""],
      ["NextKeyMarker", last && list.encode("version" in last ? last.version.key : last.prefix)],
      ["NextVersionIdMarker", last && "version" in last ? last.version.versionId : undefined],
      ["Delimiter", delimiter === "" ? undefined : list.encode(delimiter)],
      ["MaxKeys", limit],
      ["EncodingType", list.encodingType],
      ["IsTruncated", truncated],
      ...entries.flatMap((entry) => ("version" in entry ? [element(entry.version, list.encode)] : [])),
      ...prefixElements(entries, list.encode),
    ]),
  );
};
