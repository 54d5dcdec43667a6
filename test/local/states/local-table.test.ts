import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalTable, localTable } from "#infra/local/local-table.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { memoryTable } from "#test/support/memory-table.ts";

let tables: LocalTables;
beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(async () => {
  await tables.stop();
});

/** The table of the tests of states and events behaves as the one in DynamoDB does. */
describe.each<[string, () => LocalTable]>([
  ["in DynamoDB", () => localTable(tables.client, tables.table("local"))],
  ["in memory", memoryTable],
])("the table local %s", (_where, open) => {
  it("gives back what was put, of any size", async () => {
    const table = open();
    const large = { bytes: randomBytes(900_000).toString("base64"), quoted: '"'.repeat(10_000) };
    await table.write([
      { put: { pk: "size", sk: "A", body: { small: 1 } } },
      { put: { pk: "size", sk: "B", body: large } },
      { put: { pk: "size", sk: "C", body: "x" } },
    ]);

    expect(await table.get("size", "A")).toEqual({ small: 1 });
    expect(await table.get("size", "B")).toEqual(large);
    expect(await table.get("size", "missing")).toBeUndefined();
    expect((await table.query("size")).map(({ sk }) => sk)).toEqual(["A", "B", "C"]);
  });

  it("forgets the parts of a longer version", async () => {
    const table = open();
    await table.write([{ put: { pk: "parts", sk: "A", body: randomBytes(900_000).toString("base64") } }]);
    await table.write([{ put: { pk: "parts", sk: "A", body: "short" } }]);

    expect(await table.query("parts")).toEqual([{ pk: "parts", sk: "A", body: "short" }]);
  });

  it("selects by prefix, from a key on, backwards and so many", async () => {
    const table = open();
    await table.write(["E#1", "E#2", "E#3", "F#1"].map((sk) => ({ put: { pk: "select", sk, body: sk } })));
    const keys = async (selection: Parameters<LocalTable["query"]>[1]) => (await table.query("select", selection)).map(({ sk }) => sk);

    expect(await keys({ prefix: "E#" })).toEqual(["E#1", "E#2", "E#3"]);
    expect(await keys({ prefix: "E#", from: "E#2" })).toEqual(["E#2", "E#3"]);
    expect(await keys({ prefix: "E#", reverse: true, limit: 2 })).toEqual(["E#3", "E#2"]);
  });

  it("writes all or nothing, and says when a condition did not hold", async () => {
    const table = open();
    const put = (sk: string, when?: "absent") => ({ put: { pk: "atomic", sk, body: 1 }, ...(when && { when }) });

    expect(await table.write([put("A", "absent")])).toBe(true);
    expect(await table.write([put("B"), put("A", "absent")])).toBe(false);
    expect(await table.get("atomic", "B")).toBeUndefined();
  });

  it("clears by prefix", async () => {
    const table = open();
    await table.write(Array.from({ length: 60 }, (_row, index) => ({ put: { pk: "clear", sk: `A#${index}`, body: index } })));
    await table.write([{ put: { pk: "clear", sk: "B#", body: 1 } }]);

    await table.clear("clear", "A#");

    expect((await table.query("clear")).map(({ sk }) => sk)).toEqual(["B#"]);
  });
});
