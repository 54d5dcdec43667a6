import { noSuchKey, refusal } from "./errors.ts";
import { quoted } from "./object-headers.ts";
import type { VersionSummary } from "./version-rows.ts";

type Headers = Readonly<Record<string, string>>;
type Facts = Pick<VersionSummary, "etag" | "modifiedAt">;

/** Whether a list of entity tags names this one; `*` names any. Weak tags compare like strong ones: objects never change under their tag. */
function names(list: string, etag: string): boolean {
  return list.split(",").some((one) => {
    const tag = one.trim().replace(/^W\//, "");
    return tag === "*" || tag.replaceAll('"', "") === etag;
  });
}

const failed = (condition: string) => refusal("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", { Condition: condition });
/** HTTP dates have whole seconds; a date that cannot be read is no condition (RFC 9110 section 13.1.3). */
const seconds = (time: number) => Math.floor(time / 1000);
const dateOf = (text: string | undefined): number | undefined => (text === undefined || Number.isNaN(Date.parse(text)) ? undefined : seconds(Date.parse(text)));

/** Conditions on reading, in the order of RFC 9110 section 13.2.2. @throws S3Error PreconditionFailed, or NotModified with the headers of a 304 */
export function checkRead(headers: Headers, version: Facts): void {
  const notModified = () =>
    refusal("NotModified", "Not Modified", {}, { etag: quoted(version.etag), "last-modified": new Date(version.modifiedAt).toUTCString() });
  const [ifMatch, ifNoneMatch] = [headers["if-match"], headers["if-none-match"]];
  const [unmodifiedSince, modifiedSince] = [dateOf(headers["if-unmodified-since"]), dateOf(headers["if-modified-since"])];
  if (ifMatch !== undefined) {
    if (!names(ifMatch, version.etag)) throw failed("If-Match");
  } else if (unmodifiedSince !== undefined && seconds(version.modifiedAt) > unmodifiedSince) throw failed("If-Unmodified-Since");
  if (ifNoneMatch !== undefined) {
    if (names(ifNoneMatch, version.etag)) throw notModified();
  } else if (modifiedSince !== undefined && seconds(version.modifiedAt) <= modifiedSince) throw notModified();
}

/** Conditions on the source of a copy. @throws S3Error PreconditionFailed */
export function checkCopySource(headers: Headers, source: Facts): void {
  const prefix = "x-amz-copy-source-";
  const conditions = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  );
  try {
    checkRead(conditions, source);
  } catch {
    throw failed(`${prefix}If-*`);
  }
}

/**
 * Conditions on writing a key: If-None-Match: * (nothing there) and If-Match (this is there).
 * Called again inside the transaction, so of two writers exactly one sees its condition hold.
 */
export function checkWrite(headers: Headers, key: string, latest: (Facts & { readonly marker: boolean }) | undefined): void {
  const there = latest === undefined || latest.marker ? undefined : latest;
  const [ifMatch, ifNoneMatch] = [headers["if-match"], headers["if-none-match"]];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== "*")
      throw refusal("NotImplemented", "A header you provided implies functionality that is not implemented", { Header: "If-None-Match" });
    if (there !== undefined) throw failed("If-None-Match");
  }
  if (ifMatch === undefined) return;
  if (there === undefined) throw noSuchKey(key);
  if (!names(ifMatch, there.etag)) throw failed("If-Match");
}
