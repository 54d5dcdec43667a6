import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDbTable } from "#stores/dynamodb/tracking/dynamodb-table.ts";
import {
  absent,
  all,
  any,
  type Condition,
  ConditionFailed,
  equal,
  type ItemTable,
  ItemTooLarge,
  lessThan,
  missing,
  notEqual,
  present,
  type Update,
} from "#stores/dynamodb/tracking/item-table.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { memoryTable } from "#test/unit/tracking/memory-table.ts";

let tables: LocalTables;
const kinds = ["the model in memory", "the engine"] as const;
const made = new Map<string, ItemTable>();
beforeAll(async () => {
  tables = await startLocalTables();
  made.set(kinds[0], memoryTable());
  made.set(kinds[1], dynamoDbTable(tables.client, tables.table("tracking")));
});
afterAll(() => tables.stop());

const number = (value: number): AttributeValue => ({ N: String(value) });
const text = (value: string): AttributeValue => ({ S: value });
const bytes = (...values: string[]): AttributeValue => ({ BS: values.map((value) => Buffer.from(value)) });
let next = 0;
const newKey = () => ({ pk: `p${next++}`, sk: "s" });
const outcome = async (write: Promise<unknown>) => {
  try {
    await write;
    return "written";
  } catch (error) {
    if (error instanceof ConditionFailed) return error.item ? "refused, with the item" : "refused";
    throw error;
  }
};
/** Sets in order, bytes as text: what two tables agree on. */
const plain = (item: unknown) =>
  JSON.stringify(item, (_key, value: unknown) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
    if (Array.isArray(value))
      return value
        .map((one) => (one instanceof Uint8Array ? Buffer.from(one).toString("latin1") : (one as unknown)))
        .map((one) => JSON.stringify(one))
        .sort((a, b) => (a < b ? -1 : 1));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

const conditions: readonly (readonly [string, Condition, boolean, boolean])[] = [
  ["absent", absent, false, true],
  ["present", present, true, false],
  ["an equal text", equal("i:stage", text("active")), true, false],
  ["another text", equal("i:stage", text("deleted")), false, false],
  ["an equal number", equal("b", number(3)), true, false],
  ["a number that differs", notEqual("b", number(4)), true, false],
  ["a number that does not differ", notEqual("b", number(3)), false, false],
  ["a missing attribute that should differ", notEqual("gone", number(3)), false, false],
  ["a missing attribute", missing("gone"), true, true],
  ["a smaller number", lessThan("b", number(4)), true, false],
  ["a number not smaller", lessThan("b", number(3)), false, false],
  ["a missing number that should be smaller", lessThan("gone", number(3)), false, false],
  ["all", all(present, equal("b", number(3))), true, false],
  ["all but one", all(present, equal("b", number(9))), false, false],
  ["any", any(missing("b"), lessThan("b", number(9))), true, true],
];

describe.each(kinds)("a table: %s", (kind) => {
  const table = () => made.get(kind) ?? memoryTable();
  const stored = { "i:stage": text("active"), b: number(3), x: bytes("a", "b"), c: { SS: ["one", "two"] } };

  it.each(conditions)("judges the condition: %s", async (_name, condition, whenPresent, whenAbsent) => {
    const [here, nowhere, gone] = [newKey(), newKey(), newKey()];
    await table().put({ pk: text(here.pk), sk: text(here.sk), ...stored });
    await table().put({ pk: text(gone.pk), sk: text(gone.sk), ...stored });

    expect(await outcome(table().update(here, { set: { seen: text("yes") } }, condition))).toMatch(whenPresent ? /^written/ : /^refused/);
    expect(await outcome(table().put({ pk: text(nowhere.pk), sk: text("s") }, condition))).toBe(whenAbsent ? "written" : "refused");
    expect(await outcome(table().delete(gone, condition))).toMatch(whenPresent ? /^written/ : /^refused/);
    expect((await table().get([here, gone])).map(Boolean)).toEqual([true, !whenPresent]);
  });

  it("hands back the item that a put met", async () => {
    const key = newKey();
    await table().put({ pk: text(key.pk), sk: text(key.sk), m: text("mine") });

    await expect(table().put({ pk: text(key.pk), sk: text(key.sk) }, absent)).rejects.toMatchObject({ item: { m: text("mine") } });
  });

  it.each<[string, Update]>([
    ["sets, and keeps what is there", { set: { n: number(1), "t:ä ö": text("") }, setIfMissing: { b: number(9), d: text("new") } }],
    ["adds to sets", { add: { x: bytes("b", "c"), c: { SS: ["two", "three"] }, y: bytes("z") } }],
    ["takes from sets", { take: { x: bytes("b", "nothing") } }],
    ["drops a set that has become empty", { take: { x: bytes("a", "b"), c: { SS: ["one", "two"] } } }],
    ["removes attributes, also missing ones", { remove: ["b", "gone"], set: { tomb: { NULL: true } } }],
    ["does all at once", { set: { b: number(4) }, add: { y: bytes("1") }, take: { x: bytes("a") }, remove: ["i:stage"] }],
  ])("%s", async (_name, update) => {
    const key = newKey();
    const wanted = memoryTable();
    for (const one of [table(), wanted]) await one.put({ pk: text(key.pk), sk: text(key.sk), ...stored });

    const after = await table().update(key, update, present);

    expect(plain(after)).toBe(plain(await wanted.update(key, update, present)));
    expect(plain((await table().get([key]))[0])).toBe(plain(after));
  });

  it("makes the item that an update does not find", async () => {
    const key = newKey();

    expect(plain(await table().update(key, { set: { b: number(1) }, add: { x: bytes("a") } }, absent))).toBe(
      plain({ pk: text(key.pk), sk: text("s"), b: number(1), x: bytes("a") }),
    );
  });

  it("puts an absent item beside another that meets a condition, and else neither", async () => {
    const [mine, other] = [newKey(), newKey()];
    await table().put({ pk: text(other.pk), sk: text(other.sk), v: number(3) });
    const put = (version: number) => outcome(table().putBeside({ pk: text(mine.pk), sk: text(mine.sk) }, other, equal("v", number(version))));

    expect(await put(4)).toBe("refused");
    expect(await table().get([mine])).toEqual([undefined]);
    expect(await put(3)).toBe("written");
    expect(await put(3)).toBe("refused");
  });

  it("reads by key in the order asked, and a partition by the bytes of its sort keys", async () => {
    const pk = `q${next++}`;
    for (const sk of ["c#2", "b", "c#1", "v#1", "ä", "c#é"]) await table().put({ pk: text(pk), sk: text(sk) });

    const asked = await table().get(["c#1", "none", "b"].map((sk) => ({ pk, sk })));
    expect(asked.map((item) => item?.["sk"]?.S)).toEqual(["c#1", undefined, "b"]);
    expect((await table().query(pk, "c#")).map((item) => item["sk"]?.S)).toEqual(["c#1", "c#2", "c#é"]);
    expect((await table().query(pk)).map((item) => item["sk"]?.S)).toEqual(["b", "c#1", "c#2", "c#é", "v#1", "ä"]);
  });
});

describe("the engine", () => {
  it("reads more keys than one call takes, and partitions of more than 1 MB", async () => {
    const table = dynamoDbTable(tables.client, tables.table("tracking"));
    const keys = Array.from({ length: 130 }, (_, index) => ({ pk: "big", sk: String(index).padStart(4, "0") }));
    await Promise.all(keys.map(({ pk, sk }) => table.put({ pk: text(pk), sk: text(sk), doc: { B: Buffer.alloc(20_000, 1) } })));

    expect((await table.get(keys)).map((item) => item?.["sk"]?.S)).toEqual(keys.map(({ sk }) => sk));
    expect(await table.query("big")).toHaveLength(130);
  });

  it("says when an update would make an item too large", async () => {
    const table = dynamoDbTable(tables.client, tables.table("tracking"));
    const key = newKey();
    await table.put({ pk: text(key.pk), sk: text(key.sk), doc: { B: Buffer.alloc(390_000, 1) } });

    await expect(table.update(key, { set: { more: { B: Buffer.alloc(30_000, 1) } } }, present)).rejects.toBeInstanceOf(ItemTooLarge);
  });
});
