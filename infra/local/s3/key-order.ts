/**
 * The least text above every text that begins with `prefix`, in UTF-8 byte order (which is the order of code points); undefined when there is none.
 * A range scan over [prefix, successor) therefore sees exactly the keys of a prefix, and a scan from `successor` on skips them all.
 */
export function successorOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const code = last.codePointAt(0) ?? 0;
    // Surrogates are no characters: behind U+D7FF comes U+E000.
    if (code < 0x10ffff) return points.join("") + String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
  }
  return undefined;
}

/** Where a listing goes on: at the first key that is at or above `from`, or above it. */
export interface ScanStart {
  readonly from: string;
  readonly inclusive: boolean;
}

/** The part of a key up to and with the first delimiter behind the prefix, if there is one. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** Continuation tokens are opaque to clients: `k` says go on behind this key, `p` behind everything that begins so. */
export const tokenOf = (last: { readonly key: string } | { readonly prefix: string }): string =>
  Buffer.from("key" in last ? `k${last.key}` : `p${last.prefix}`).toString("base64url");

/** Where a token continues. @returns undefined when it is not a token of ours; "end" when nothing can follow */
export function startOfToken(token: string): ScanStart | "end" | undefined {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (Buffer.from(text).toString("base64url") !== token) return undefined;
  if (text.startsWith("k")) return { from: text.slice(1), inclusive: false };
  if (!text.startsWith("p")) return undefined;
  return afterPrefix(text.slice(1));
}

export function afterPrefix(prefix: string): ScanStart | "end" {
  const next = successorOfPrefix(prefix);
  return next === undefined ? "end" : { from: next, inclusive: true };
}
