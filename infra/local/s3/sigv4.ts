import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Formulas of AWS Signature Version 4 as S3 uses them (API reference, "Authenticating requests (AWS Signature Version 4)"). */
export const sha256Hex = (data: string | Uint8Array, encoding: "utf8" | "latin1" = "utf8"): string =>
  createHash("sha256")
    .update(typeof data === "string" ? Buffer.from(data, encoding) : data)
    .digest("hex");
export const emptyHash = sha256Hex("");

const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The part of a credential after the access key. */
export interface CredentialScope {
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
}
export const scopeText = ({ date, region }: CredentialScope) => `${date}/${region}/s3/aws4_request`;
export const signingKey = (secret: string, { date, region }: CredentialScope): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), "s3"), "aws4_request");
export const sign = (key: Uint8Array, stringToSign: string): string => hmac(key, stringToSign).toString("hex");

/** Compares two signatures in time that does not depend on where they differ. */
export function sameSignature(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** RFC 3986 encoding: everything but letters, digits, `-`, `.`, `_` and `~`, byte by byte. */
export const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The parts of a request that a signature covers. */
export interface SignedParts {
  readonly method: string;
  /** Still percent-encoded, as sent. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** The signed headers' values, by lower-case name; characters are bytes (latin1). */
  readonly headers: readonly (readonly [string, string])[];
  /** The value of x-amz-content-sha256. */
  readonly payloadHash: string;
}

const byBytes = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

function canonicalRequest({ method, path, query, headers, payloadHash }: SignedParts): string {
  const uri = path
    .split("/")
    .map((segment) => encodeStrictly(decodeURIComponent(segment)))
    .join("/");
  const pairs = query.map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const);
  const sorted = pairs.toSorted(([a, x], [b, y]) => byBytes(a, b) || byBytes(x, y));
  const names = headers.map(([name]) => name);
  const lines = headers.map(([name, value]) => `${name}:${value.trim().replaceAll(/ {2,}/g, " ")}\n`);
  return [method, uri, sorted.map((pair) => pair.join("=")).join("&"), lines.join(""), names.join(";"), payloadHash].join("\n");
}

/** What a request's signature signs. @param timestamp YYYYMMDDTHHMMSSZ */
export const requestStringToSign = (timestamp: string, scope: CredentialScope, parts: SignedParts): string =>
  ["AWS4-HMAC-SHA256", timestamp, scopeText(scope), sha256Hex(canonicalRequest(parts), "latin1")].join("\n");

/** What a chunk of a streamed body signs: the signature before it and its own bytes. */
export const chunkStringToSign = (timestamp: string, scope: CredentialScope, previous: string, chunkHash: string): string =>
  ["AWS4-HMAC-SHA256-PAYLOAD", timestamp, scopeText(scope), previous, emptyHash, chunkHash].join("\n");

/** What the trailer of a streamed body signs: the last chunk's signature and the trailing headers. */
export const trailerStringToSign = (timestamp: string, scope: CredentialScope, previous: string, trailers: string): string =>
  ["AWS4-HMAC-SHA256-TRAILER", timestamp, scopeText(scope), previous, sha256Hex(trailers)].join("\n");
