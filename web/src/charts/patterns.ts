/** What a pattern matches: `*` is any text, `/.../` a regular expression, anything else the text itself somewhere in the key. */
export function matcher(pattern: string): (key: string) => boolean {
  const expression = /^\/(.+)\/$/.exec(pattern)?.[1];
  if (expression !== undefined) {
    try {
      const regex = new RegExp(expression, "i");
      return (key) => regex.test(key);
    } catch {
      return () => false;
    }
  }
  if (!pattern.includes("*")) return (key) => key.toLowerCase().includes(pattern.toLowerCase());
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const glob = new RegExp(`^${parts.join(".*")}$`, "i");
  return (key) => glob.test(key);
}

export interface Group {
  /** What the keys begin with up to their last slash; empty for those without one. */
  readonly prefix: string;
  readonly keys: readonly string[];
}

/** Keys by what they begin with, in the order of their names. */
export function groups(keys: readonly string[]): readonly Group[] {
  const found = new Map<string, string[]>();
  for (const key of keys.toSorted((left, right) => left.localeCompare(right, "en", { numeric: true }))) {
    const prefix = key.slice(0, key.lastIndexOf("/") + 1);
    found.set(prefix, [...(found.get(prefix) ?? []), key]);
  }
  return [...found].map(([prefix, own]) => ({ prefix, keys: own })).toSorted((left, right) => left.prefix.localeCompare(right.prefix, "en"));
}
