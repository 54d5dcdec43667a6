import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Condition, ConditionFailed, type Item, type ItemTable, type Key, type Update } from "#stores/dynamodb/tracking/item-table.ts";

/** A call that never came back: its writer cannot know whether it took effect. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** What happens around every call: other actors' turns, and the caller's death. */
export interface Surroundings {
  readonly pause: () => Promise<void>;
  readonly crashes: () => boolean;
}
const calm: Surroundings = { pause: async () => undefined, crashes: () => false };

const same = (a: AttributeValue | undefined, b: AttributeValue | undefined) =>
  a !== undefined && b !== undefined && (a.N !== undefined && b.N !== undefined ? Number(a.N) === Number(b.N) : JSON.stringify(a) === JSON.stringify(b));

export function holds(item: Item | undefined, condition: Condition): boolean {
  switch (condition.is) {
    case "absent":
      return item === undefined;
    case "present":
      return item !== undefined;
    case "missing":
      return item?.[condition.name] === undefined;
    case "equal":
      return same(item?.[condition.name], condition.value);
    case "notEqual":
      return item?.[condition.name] !== undefined && !same(item[condition.name], condition.value);
    case "lessThan":
      return item?.[condition.name] !== undefined && Number(item[condition.name]?.N) < Number(condition.value.N);
    case "all":
      return condition.of.every((part) => holds(item, part));
    default:
      return condition.of.some((part) => holds(item, part));
  }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The union, or the difference, of two sets; undefined when nothing is left, since there are no empty sets. */
function combined(set: AttributeValue | undefined, other: AttributeValue, keep: boolean): AttributeValue | undefined {
  if (other.SS) {
    const texts = keep ? new Set(set?.SS).union(new Set(other.SS)) : new Set(set?.SS).difference(new Set(other.SS));
    return texts.size > 0 ? { SS: [...texts] } : undefined;
  }
  const before = new Map((set?.BS ?? []).map((bytes) => [hex(bytes), bytes]));
  const given = new Map((other.BS ?? []).map((bytes) => [hex(bytes), bytes]));
  const left = keep ? new Map([...before, ...given]) : new Map([...before].filter(([name]) => !given.has(name)));
  return left.size > 0 ? { BS: [...left.values()] } : undefined;
}

function updated(item: Item | undefined, key: Key, { set = {}, setIfMissing = {}, add = {}, take = {}, remove = [] }: Update): Item {
  const next: Record<string, AttributeValue> = { ...setIfMissing, ...(item ?? { pk: { S: key.pk }, sk: { S: key.sk } }), ...set };
  for (const name of remove) delete next[name];
  const merge = (changes: Item, keep: boolean) => {
    for (const [name, value] of Object.entries(changes)) {
      const left = combined(next[name], value, keep);
      if (left) next[name] = left;
      else delete next[name];
    }
  };
  merge(add, true);
  merge(take, false);
  return next;
}

/** The tracking table's operations over a map; DynamoDB's semantics as far as the store uses them. */
export function memoryTable({ pause, crashes }: Surroundings = calm): ItemTable {
  const items = new Map<string, Item>();
  let turned = false;
  const at = ({ pk, sk }: Key) => `${pk}\u0000${sk}`;
  const step = async <T>(act: () => T): Promise<T> => {
    await pause();
    if (crashes()) throw new Crash();
    const result = act();
    await pause();
    if (crashes()) throw new Crash();
    return result;
  };
  const guarded = (key: Key, condition: Condition | undefined): Item | undefined => {
    const item = items.get(at(key));
    if (condition && !holds(item, condition)) throw new ConditionFailed(item);
    return item;
  };
  return {
    /** As BatchGetItem: each item as it was at some moment of the call, in no certain order. */
    async get(keys) {
      turned = !turned;
      const found = new Map<Key, Item | undefined>();
      for (const key of turned ? keys.toReversed() : keys) found.set(key, await step(() => items.get(at(key))));
      return keys.map((key) => found.get(key));
    },
    query: (pk, prefix = "") =>
      step(() =>
        [...items.values()]
          .filter((item) => item["pk"]?.S === pk && item["sk"]?.S?.startsWith(prefix))
          .sort((a, b) => Buffer.compare(Buffer.from(a["sk"]?.S ?? ""), Buffer.from(b["sk"]?.S ?? ""))),
      ),
    put: (item, condition) =>
      step(() => {
        const key = { pk: item["pk"]?.S ?? "", sk: item["sk"]?.S ?? "" };
        guarded(key, condition);
        items.set(at(key), item);
      }),
    putBeside: (item, beside, condition) =>
      step(() => {
        const key = { pk: item["pk"]?.S ?? "", sk: item["sk"]?.S ?? "" };
        if (items.has(at(key)) || !holds(items.get(at(beside)), condition)) throw new ConditionFailed(undefined);
        items.set(at(key), item);
      }),
    delete: (key, condition) =>
      step(() => {
        guarded(key, condition);
        items.delete(at(key));
      }),
    update: (key, update, condition) =>
      step(() => {
        const next = updated(guarded(key, condition), key, update);
        items.set(at(key), next);
        return next;
      }),
  };
}
