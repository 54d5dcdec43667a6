import type { OnlineReply, PreviewReply } from "./wire.ts";

/** One feature of one key, as it is served and as the history has it. */
export interface Compared {
  readonly key: string;
  readonly feature: string;
  readonly online: string;
  readonly offline: string;
  readonly agreement: "same" | "different" | "notCompared";
}

const textOf = (value: unknown) => (value === null || value === undefined ? "-" : typeof value === "string" ? value : JSON.stringify(value));

/**
 * Whether a served value is the one of the history, which answers with text. Floats of 32 bits are compared as such; lists and bytes are written too differently on
 * both sides to be compared here, and a browser reads no integer beyond 2^53 exactly.
 * @param valueType Feast's name
 */
export function agreementOf(valueType: string, online: unknown, offline: string | null): Compared["agreement"] {
  const isAbsent = online === null || online === undefined;
  if (isAbsent || offline === null) return isAbsent && offline === null ? "same" : "different";
  if (valueType.endsWith("_LIST") || valueType === "BYTES" || (valueType === "INT64" && !Number.isSafeInteger(online))) return "notCompared";
  return isSame(valueType, online, offline) ? "same" : "different";
}

function isSame(valueType: string, online: unknown, offline: string): boolean {
  if (valueType === "FLOAT") return Math.fround(Number(online)) === Math.fround(Number(offline));
  if (valueType === "DOUBLE") return Number(online) === Number(offline);
  return valueType === "UNIX_TIMESTAMP" ? secondsOf(online) === secondsOf(offline) : String(online) === offline;
}

/** Epoch seconds of a time as either side writes it: a number of seconds, or a date that is UTC where it names no zone. */
function secondsOf(value: unknown): number {
  const text = String(value).trim().replace(" ", "T");
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return Math.floor(Date.parse(/Z|[+-]\d\d(:?\d\d)?$/.test(text) ? text : `${text}Z`) / 1000);
}

interface Asked {
  /** What each row was asked by, in order. */
  readonly keys: readonly string[];
  readonly features: readonly { readonly name: string; readonly valueType: string }[];
}

/** Every feature of every key beside itself, what differs first. */
export function compared({ keys, features }: Asked, online: OnlineReply, offline: PreviewReply): Compared[] {
  const rows = features.flatMap(({ name, valueType }) => {
    const served = online.results[online.metadata.feature_names.indexOf(name)]?.values ?? [];
    const place = offline.columns.indexOf(name);
    return keys.map((key, index): Compared => {
      const known = offline.rows[index]?.[place] ?? null;
      return { key, feature: name, online: textOf(served[index]), offline: textOf(known), agreement: agreementOf(valueType, served[index], known) };
    });
  });
  const rank = { different: 0, notCompared: 1, same: 2 } as const;
  return rows.toSorted((left, right) => rank[left.agreement] - rank[right.agreement]);
}
