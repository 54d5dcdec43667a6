import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Int64 } from "#contracts/int64.ts";
import type { Lifecycle } from "#core/tracking/lifecycle.ts";
import type { Delta, InfoValue } from "#core/tracking/record.ts";
import type { Change } from "#core/tracking/record-store.ts";
import type { Item, Key } from "./item-table.ts";
import { decodePoint } from "./points-codec.ts";

/**
 * The live item: everything that happened to a record since its base. One attribute each, told apart by a prefix:
 * `i:` info, `p:` param, `t:` tag (null: removed), `d:` link. Beside them `x`, a set of points; `c`, hashes of chunks whose
 * latest values the base lacks; `b`, the base's least version; `m`, a nonce that every write of attributes renews.
 * `i:stage` and `i:epoch` always stay, since they guard the hot path; `s` says that they were written since the last fold. (Comparing
 * them with the base would not do: deleted and restored while another folder is at work, they look folded and are about to be undone.)
 */
export interface Live {
  readonly key: Key;
  readonly item: Item;
  readonly delta: Delta;
  readonly chunks: readonly string[];
  readonly base: number;
  readonly nonce: string;
}

const guards = new Set(["i:stage", "i:epoch"]);
const prefixes = new Set(["i:", "p:", "t:", "d:"]);
const isAttribute = (name: string) => prefixes.has(name.slice(0, 2));

const integer = (digits: string): Int64 => (Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits));
const infoValue = (value: AttributeValue): InfoValue => (value.N === undefined ? (value.S ?? "") : integer(value.N));

export function readLive(item: Item): Live {
  const info = new Map<string, InfoValue>();
  const params = new Map<string, string>();
  const tags = new Map<string, string | null>();
  const links = new Map<string, string>();
  for (const [name, value] of Object.entries(item)) {
    const key = name.slice(2);
    if (name.startsWith("i:")) info.set(key, infoValue(value));
    else if (name.startsWith("p:")) params.set(key, value.S ?? "");
    else if (name.startsWith("t:")) tags.set(key, value.S ?? null);
    else if (name.startsWith("d:")) links.set(key, value.S ?? "");
  }
  return {
    key: { pk: item["pk"]?.S ?? "", sk: item["sk"]?.S ?? "" },
    item,
    delta: { info, params, tags, links, points: (item["x"]?.BS ?? []).map(decodePoint) },
    chunks: item["c"]?.SS ?? [],
    base: Number(item["b"]?.N ?? 0),
    nonce: item["m"]?.S ?? "",
  };
}

const attributes = <V>(prefix: string, entries: ReadonlyMap<string, V> | undefined, value: (given: V) => AttributeValue): [string, AttributeValue][] =>
  [...(entries ?? [])].map(([key, given]) => [`${prefix}${key}`, value(given)]);
const text = (value: string): AttributeValue => ({ S: value });
const asInfo = (value: InfoValue): AttributeValue => (typeof value === "string" ? text(value) : { N: String(value) });

/** Attributes that the last write wins. */
export const settable = ({ info, params, tags }: Change): Item =>
  Object.fromEntries([
    ...(info?.has("stage") || info?.has("epoch") ? [["s", { BOOL: true }] as const] : []),
    ...attributes("i:", info, asInfo),
    ...attributes("p:", params, text),
    ...attributes("t:", tags, (value): AttributeValue => (value === null ? { NULL: true } : text(value))),
  ]);
/** Attributes that the first write wins. */
export const onceOnly = ({ links }: Change): Item => Object.fromEntries(attributes("d:", links, text));

export const lifecycleAttributes = ({ stage, epoch }: Lifecycle): Item => ({ "i:stage": text(stage), "i:epoch": { N: String(epoch) } });

/** Names of attributes that a fold may take away once the base has them. */
export const foldable = (item: Item): string[] => Object.keys(item).filter((name) => name === "s" || (isAttribute(name) && !guards.has(name)));

/** True when the base has all that the live item says, and so will every later base. */
export const isSettled = ({ item }: Live): boolean => !item["x"] && !item["c"] && foldable(item).length === 0;

const bytesOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.BS) return 3 + value.BS.reduce((all, element) => all + element.byteLength + 1, 0);
  if (value.SS) return 3 + value.SS.reduce((all, element) => all + Buffer.byteLength(element) + 1, 0);
  return (value.N?.length ?? 2) / 2 + 2;
};
/** About what DynamoDB counts for an item: names and values. */
export const itemBytes = (item: Item): number => Object.entries(item).reduce((all, [name, value]) => all + Buffer.byteLength(name) + bytesOf(value), 0);
