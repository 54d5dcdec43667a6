import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { SplitRule } from "#contracts/platform/dataset-tasks.ts";
import { datasetColumns } from "#stores/duckdb/profile-columns.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { splitFile } from "#stores/duckdb/split.ts";

/** Splits the rows of an SQL relation; answers with both sides' rows as text. */
async function split(relation: string, rule: z.input<typeof SplitRule>) {
  return await withDuckDb(async (session) => {
    const file = join(session.folder, "data.parquet");
    await session.run(`COPY (SELECT * FROM ${relation}) TO ${literal(file)}`);
    const sides = await splitFile(session, file, await datasetColumns(session, file), SplitRule.parse(rule));
    const read = async (path: string) =>
      (await session.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(${literal(path)})`)).map((row) => Object.values(row).join());
    return { train: await read(sides.train.file), test: await read(sides.test.file) };
  });
}
const numbers = (count: number) => `(SELECT i AS n, 'u' || (i % 50) AS person, i % 10 = 0 AS rare FROM range(${count}) t(i))`;

describe("a split", () => {
  it("puts every row on exactly one side, about the share asked for", async () => {
    const { train, test } = await split(numbers(2000), { testShare: 0.25 });

    expect([...train, ...test].toSorted()).toEqual([...new Set([...train, ...test])].toSorted());
    expect(train.length + test.length).toBe(2000);
    expect(test.length / 2000).toBeCloseTo(0.25, 1);
  });

  it("is the same every time, and another one for another seed", async () => {
    const first = await split(numbers(500), { seed: 1 });

    expect(await split(numbers(500), { seed: 1 })).toEqual(first);
    expect((await split(numbers(500), { seed: 2 })).test).not.toEqual(first.test);
  });

  it("leaves rows where they are when rows are added", async () => {
    const before = await split(numbers(500), {});
    const after = await split(numbers(1000), {});

    expect(new Set(after.test).isSupersetOf(new Set(before.test))).toBe(true);
    expect(new Set(after.train).isSupersetOf(new Set(before.train))).toBe(true);
  });

  it("keeps the rows of one key, and rows that repeat, together", async () => {
    const { train, test } = await split(numbers(1000), { key: "person" });
    const people = (rows: readonly string[]) => new Set(rows.map((row) => row.split(",")[1]));
    const repeated = await split(`(SELECT i % 20 AS n FROM range(1000) t(i))`, {});

    expect(people(train).isDisjointFrom(people(test))).toBe(true);
    expect(new Set(repeated.train).isDisjointFrom(new Set(repeated.test))).toBe(true);
  });

  it("keeps the proportion of each class when it is stratified", async () => {
    const { test } = await split(numbers(1000), { stratify: "rare", testShare: 0.2 });

    expect(test.filter((row) => row.endsWith("true"))).toHaveLength(20);
    expect(test).toHaveLength(200);
  });

  it("refuses a column that is not there, and a side without rows", async () => {
    await expect(split(numbers(10), { key: "nobody" })).rejects.toThrow('split.key must be a column of the dataset, got "nobody"');
    await expect(split(numbers(1), { testShare: 0.5, stratify: "rare" })).rejects.toThrow(/leaves no rows for train|leaves no rows for test/);
  });
});
