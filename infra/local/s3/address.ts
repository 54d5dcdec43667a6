import { refusal } from "./errors.ts";

/** What a request line and its Host header point at. `path` is as sent: its encoding is part of nobody's signature, its bytes are. */
export interface Address {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** Percent-decoding as UTF-8. @throws S3Error InvalidURI when the bytes are not UTF-8 */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal("InvalidURI", "Couldn't parse the specified URI.", { URI: text.slice(0, 200) });
  }
}

function queryOf(text: string): (readonly [string, string])[] {
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = at === -1 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      return [decodeUri(name.replaceAll("+", " ")), decodeUri(value.replaceAll("+", " "))] as const;
    });
}

// Virtual-host addressing: <bucket>.localhost, <bucket>.s3.localhost, and Amazon's own names (for clients behind a proxy or a hosts file).
const bucketInHost = /^(.+?)\.(?:s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com|s3\.localhost|localhost)$/;

/** The bucket that a Host header names before one of this server's names, if any. */
function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (/^s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com|localhost)$/.test(name)) return undefined;
  return bucketInHost.exec(name)?.[1];
}

/** Every key that is not NUL and at most 1,024 bytes of UTF-8 is allowed: keys are never file names here. */
export function checkKey(key: string): string {
  const bytes = Buffer.byteLength(key);
  if (bytes > 1024) throw refusal("KeyTooLongError", "Your key is too long", { Size: String(bytes), MaxSizeAllowed: "1024" });
  if (key.includes("\u0000")) throw refusal("InvalidArgument", "Object keys must not contain the NUL character.");
  return key;
}

/** Reads a request target by hand: a URL parser would resolve `..` and `.` segments, which are ordinary characters of a key. */
export function addressOf(target: string, host: string): Address {
  const at = target.indexOf("?");
  const path = at === -1 ? target : target.slice(0, at);
  const query = queryOf(at === -1 ? "" : target.slice(at + 1));
  if (!path.startsWith("/")) throw refusal("InvalidURI", "Couldn't parse the specified URI.", { URI: path.slice(0, 200) });
  const inHost = bucketOfHost(host);
  const rest = decodeUri(path.slice(1));
  const slash = rest.indexOf("/");
  const bucket = inHost ?? (slash === -1 ? rest : rest.slice(0, slash));
  const key = inHost === undefined ? (slash === -1 ? "" : rest.slice(slash + 1)) : rest;
  return { path, query, bucket: bucket === "" ? undefined : bucket, key: key === "" ? undefined : checkKey(key) };
}

export const queryParameters = ({ query }: Address): URLSearchParams => new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
