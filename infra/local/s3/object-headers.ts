import { validateHeaderValue } from "node:http";
import { checksumHeader } from "./checksums.ts";
import { invalidArgument, refusal } from "./errors.ts";
import type { Attributes, Version } from "./version-rows.ts";

/** Headers that are kept with an object and sent back with it. */
const kept = ["content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires"] as const;

/** Headers that ask for something this server does not do: saying so beats forgetting it. */
const refusedHeaders = [
  "x-amz-tagging",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-retain-until-date",
  "x-amz-website-redirect-location",
  "x-amz-server-side-encryption-customer-algorithm",
  "x-amz-copy-source-server-side-encryption-customer-algorithm",
  "x-amz-write-offset-bytes",
];

type Headers = Readonly<Record<string, string>>;

/** @throws S3Error NotImplemented or AccessControlListNotSupported for headers whose effect would be missing */
export function checkHeaders(headers: Headers): void {
  const found = refusedHeaders.find((name) => headers[name] !== undefined);
  if (found !== undefined) throw refusal("NotImplemented", "A header you provided implies functionality that is not implemented", { Header: found });
  const acl = headers["x-amz-acl"];
  if (acl !== undefined && acl !== "private" && acl !== "bucket-owner-full-control")
    throw refusal("AccessControlListNotSupported", "The bucket does not allow ACLs");
}

/** An object's attributes from the headers of the request that makes it. */
export function attributesOf(headers: Headers): Attributes {
  checkHeaders(headers);
  const entries = kept.flatMap((name) => {
    const value = name === "content-encoding" ? withoutChunking(headers[name]) : headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const prefix = "x-amz-meta-";
  const metadata = Object.entries(headers).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : []));
  const size = metadata.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > 2048)
    throw refusal("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", { Size: String(size), MaxSizeAllowed: "2048" });
  return { headers: Object.fromEntries(entries), metadata: Object.fromEntries(metadata) };
}

/** aws-chunked is how the body travelled, not what the object is. */
function withoutChunking(encoding: string | undefined): string | undefined {
  const left = (encoding ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== "aws-chunked");
  return left.length === 0 ? undefined : left.join(",");
}

export const legalHoldOf = (headers: Headers): boolean => {
  const value = headers["x-amz-object-lock-legal-hold"];
  if (value !== undefined && value !== "ON" && value !== "OFF")
    throw invalidArgument("x-amz-object-lock-legal-hold", value, "The legal hold status must be ON or OFF");
  return value === "ON";
};

export const quoted = (etag: string) => `"${etag}"`;
export const httpDate = (time: number) => new Date(time).toUTCString();

/** Which version a reply speaks of; buckets without versioning do not say. */
export const versionHeader = ({ versionId }: { readonly versionId: string }, versioning: string): Record<string, string> =>
  versioning === "Unversioned" ? {} : { "x-amz-version-id": versionId };

/** The checksum headers of a reply. */
export const checksumHeaders = (checksum: Attributes["checksum"]): Record<string, string> =>
  checksum === undefined ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };

/** The headers that describe an object in GetObject and HeadObject. */
export function describe(version: Version): Record<string, string> {
  return {
    "content-type": "binary/octet-stream",
    ...version.attributes.headers,
    ...Object.fromEntries(Object.entries(version.attributes.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    "accept-ranges": "bytes",
    etag: quoted(version.etag),
    "last-modified": httpDate(version.modifiedAt),
    ...(version.legalHold && { "x-amz-object-lock-legal-hold": "ON" }),
  };
}

/** The response-* parameters of a signed GET or HEAD, which replace headers of the reply. Characters travel as UTF-8 bytes. */
export function overrides(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = query.get(`response-${name}`);
      if (value === null) return [];
      const bytes = Buffer.from(value).toString("latin1");
      try {
        validateHeaderValue(name, bytes);
      } catch {
        throw invalidArgument(`response-${name}`, value, "Header value cannot be represented.");
      }
      return [[name, bytes] as const];
    }),
  );
}
