import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** Attribute values as the service's wire has them: no conversion on the hot path, binary sets and 64-bit numbers exact. */
export type Item = Readonly<Record<string, AttributeValue>>;
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What must hold of the present item for a write to happen. A missing attribute equals nothing. */
export type Condition =
  | { readonly is: "absent" }
  | { readonly is: "present" }
  | { readonly is: "equal" | "notEqual"; readonly name: string; readonly value: AttributeValue }
  | { readonly is: "missing"; readonly name: string }
  | { readonly is: "lessThan"; readonly name: string; readonly value: AttributeValue }
  | { readonly is: "all" | "any"; readonly of: readonly Condition[] };

export const absent: Condition = { is: "absent" };
export const present: Condition = { is: "present" };
export const equal = (name: string, value: AttributeValue): Condition => ({ is: "equal", name, value });
export const notEqual = (name: string, value: AttributeValue): Condition => ({ is: "notEqual", name, value });
export const missing = (name: string): Condition => ({ is: "missing", name });
export const lessThan = (name: string, value: AttributeValue): Condition => ({ is: "lessThan", name, value });
export const all = (...of: readonly Condition[]): Condition => ({ is: "all", of });
export const any = (...of: readonly Condition[]): Condition => ({ is: "any", of });

/** Makes the item when it is not there. `add` and `take` change sets. */
export interface Update {
  readonly set?: Item;
  readonly setIfMissing?: Item;
  readonly add?: Item;
  readonly take?: Item;
  readonly remove?: readonly string[];
}

/** The condition of a write did not hold. */
export class ConditionFailed extends Error {
  override readonly name = "ConditionFailed";
  /** The item as it was, where there was one. */
  readonly item: Item | undefined;
  constructor(item: Item | undefined) {
    super("the condition of a write did not hold");
    this.item = item;
  }
}

/** The item would have passed 400 KB. */
export class ItemTooLarge extends Error {
  override readonly name = "ItemTooLarge";
}

/** The few operations that the tracking store is made of. All reads are strongly consistent. */
export interface ItemTable {
  /** In the order of `keys`; undefined where there is none. */
  get(keys: readonly Key[]): Promise<(Item | undefined)[]>;
  /** All items of a partition whose sort key begins with `prefix`, in order of the sort key. */
  query(pk: string, prefix?: string): Promise<Item[]>;
  put(item: Item, condition?: Condition): Promise<void>;
  /** Puts an item that must be absent while another meets a condition, both at one moment. */
  putBeside(item: Item, beside: Key, condition: Condition): Promise<void>;
  delete(key: Key, condition?: Condition): Promise<void>;
  /** The item after the update. */
  update(key: Key, update: Update, condition: Condition): Promise<Item>;
}
