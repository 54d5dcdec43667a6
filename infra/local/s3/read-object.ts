import { checkRead } from "./conditions.ts";
import { invalidArgument, noSuchKey, refusal } from "./errors.ts";
import { type Operation, type S3Request, type Store, wholeNumber } from "./exchange.ts";
import { checksumHeaders, describe, overrides, versionHeader } from "./object-headers.ts";
import { type ByteRange, parseRange } from "./ranges.ts";
import type { Version } from "./version-rows.ts";

/** The version that a request names, or the latest. @throws S3Error NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker */
export function findVersion(store: Store, bucketName: string, key: string, versionId: string | undefined): Version {
  const { versioning } = store.buckets.get(bucketName);
  if (versionId === undefined) {
    const latest = store.versions.latest(bucketName, key);
    if (latest === undefined) throw noSuchKey(key);
    if (latest.marker) throw noSuchKey(key, { "x-amz-delete-marker": "true", ...versionHeader(latest, versioning) });
    return latest;
  }
  if (versionId === "") throw invalidArgument("versionId", "", "Version id cannot be the empty string");
  const version = store.versions.find(bucketName, key, versionId);
  if (version === undefined) throw refusal("NoSuchVersion", "The specified version does not exist.", { Key: key, VersionId: versionId });
  if (version.marker)
    throw refusal(
      "MethodNotAllowed",
      "The specified method is not allowed against this resource.",
      { ResourceType: "DeleteMarker" },
      {
        "x-amz-delete-marker": "true",
        "last-modified": new Date(version.modifiedAt).toUTCString(),
        ...versionHeader(version, versioning),
      },
    );
  return version;
}

/** One part of an object that a multipart upload made; any other object is its own part 1. */
function partRange(version: Version, number: number): ByteRange {
  const parts = version.attributes.parts ?? [{ size: version.size }];
  const part = parts[number - 1];
  if (part === undefined)
    throw refusal("InvalidRange", "The requested partnumber is not satisfiable", {
      PartNumberRequested: String(number),
      ActualPartCount: String(parts.length),
    });
  const start = parts.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0);
  return { start, end: start + part.size - 1 };
}

function rangeOf({ query, headers }: S3Request, version: Version): ByteRange | undefined {
  const partNumber = wholeNumber(query, "partNumber", 0, 1, 10_000);
  if (partNumber > 0) {
    if (headers["range"] !== undefined) throw refusal("InvalidRequest", "Cannot specify both Range header and partNumber query parameter");
    return partRange(version, partNumber);
  }
  const ifRange = headers["if-range"];
  const current = ifRange === undefined || ifRange.replaceAll('"', "") === version.etag || Date.parse(ifRange) >= Math.floor(version.modifiedAt / 1000) * 1000;
  return current ? parseRange(headers["range"], version.size) : undefined;
}

function describeReply(store: Store, request: S3Request) {
  const { versioning } = store.buckets.get(request.bucket);
  const version = findVersion(store, request.bucket, request.key, request.query.get("versionId") ?? undefined);
  checkRead(request.headers, version);
  const range = rangeOf(request, version);
  const length = range === undefined ? version.size : range.end - range.start + 1;
  const checksum = range === undefined && request.headers["x-amz-checksum-mode"] === "ENABLED" ? version.attributes.checksum : undefined;
  const parts =
    request.query.has("partNumber") && version.attributes.parts !== undefined ? { "x-amz-mp-parts-count": String(version.attributes.parts.length) } : {};
  const headers = {
    ...describe(version),
    ...overrides(request.query),
    ...versionHeader(version, versioning),
    ...checksumHeaders(checksum),
    ...parts,
    "content-length": String(length),
    ...(range !== undefined && length > 0 && { "content-range": `bytes ${range.start}-${range.end}/${version.size}` }),
  };
  return { version, headers, status: range === undefined ? 200 : 206, start: range?.start ?? 0, length };
}

export const headObject: Operation = (store, request) => {
  const { status, headers } = describeReply(store, request);
  return { status, headers };
};

/** The bytes stay readable to the end even when the object is replaced or deleted meanwhile: they are pinned until the reply is over. */
export const getObject: Operation = (store, request) => {
  const { version, status, headers, start, length } = describeReply(store, request);
  const release = store.blobs.pin(version.segments);
  return { status, headers, body: store.blobs.read(version.segments, start, length), release };
};
