import { type Entry, keyOf } from "./entry.ts";

const key = "capstan-recent";
const most = 8;

interface Kept {
  readonly kind: string;
  readonly text: string;
  readonly href: string;
}
const isKept = (value: unknown): value is Kept =>
  typeof value === "object" &&
  value !== null &&
  ["kind", "text", "href"].every((field) => typeof Reflect.get(value, field) === "string") &&
  String(Reflect.get(value, "href")).startsWith("/");

function stored(): readonly Kept[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(value) ? value.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** The pages that were gone to with the palette, the latest first, as this browser remembers them. */
export const recentEntries = (): readonly Entry[] => stored().map(({ kind, text, href }) => ({ kind, text, to: { href } }));

/** Remembers a page; a deed is not remembered. */
export function remember(entry: Entry): void {
  const { kind, text, to } = entry;
  if (!("href" in to)) return;
  const others = stored().filter((one) => keyOf({ ...one, to: { href: one.href } }) !== keyOf(entry));
  localStorage.setItem(key, JSON.stringify([{ kind, text, href: to.href }, ...others].slice(0, most)));
}
