import type { FeatureValue } from "./feature-values.ts";

/** The canonical text of a key: join keys in the order of their names, each with its kind, so that 1 and "1" differ. */
export const entityKey = (joinKeys: Readonly<Record<string, FeatureValue>>): string =>
  Object.keys(joinKeys)
    .toSorted()
    .map((name) => `${name}=${typeof joinKeys[name] === "string" ? "s" : "i"}:${encodeURIComponent(wellFormed(String(joinKeys[name])))}`)
    .join("|");

/** encodeURIComponent refuses half of a surrogate pair; no other text is changed. */
const wellFormed = (text: string) => text.toWellFormed();
