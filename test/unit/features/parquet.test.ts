import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { type ParquetColumn, writeParquet } from "#stores/parquet/write-parquet.ts";

const rows = 20;
const column = (name: string, type: ParquetColumn["type"], cell: (row: number) => ParquetColumn["values"][number], isList = false): ParquetColumn => ({
  ...{ name, type, isList },
  values: Array.from({ length: rows }, (_, row) => cell(row)),
});

/** What another reader makes of the file, as SQL text of each row. */
const readBack = (columns: readonly ParquetColumn[], select: string, count = rows) =>
  withDuckDb(async (session) => {
    await writeFile(join(session.folder, "t.parquet"), writeParquet(count, columns));
    await session.run("SET TimeZone = 'UTC'");
    return (await session.rows(`SELECT ${select} AS it FROM ${literal(join(session.folder, "t.parquet"))}`)).map(({ it: value }) => value);
  });

describe("a written Parquet file", () => {
  it.each([
    ["booleans", column("c", "boolean", (row) => (row % 5 === 0 ? null : row % 2 === 0)), "c::VARCHAR", [null, "false", "true"]],
    ["32-bit integers", column("c", "int32", (row) => row - 2 ** 31), "c::VARCHAR", ["-2147483648", "-2147483647", "-2147483646"]],
    [
      "64-bit integers",
      column("c", "int64", (row) => 9_007_199_254_740_993n + BigInt(row)),
      "c::VARCHAR",
      ["9007199254740993", "9007199254740994", "9007199254740995"],
    ],
    ["floats", column("c", "float", (row) => row / 4), "c", [0, 0.25, 0.5]],
    ["doubles", column("c", "double", (row) => (row === 1 ? Number.NaN : row / 3)), "c", [0, Number.NaN, 2 / 3]],
    ["texts", column("c", "text", (row) => (row === 1 ? null : `é${row}`)), "c", ["é0", null, "é2"]],
    ["bytes", column("c", "bytes", (row) => Uint8Array.of(row, 255)), "hex(c)", ["00FF", "01FF", "02FF"]],
    [
      "times",
      column("c", "timestamp", (row) => 1_767_225_600_000_001 + row),
      "c::VARCHAR",
      ["2026-01-01 00:00:00.000001+00", "2026-01-01 00:00:00.000002+00", "2026-01-01 00:00:00.000003+00"],
    ],
    ["lists", column("c", "double", (row) => (row === 0 ? null : row === 1 ? [] : [row, null, 0.5]), true), "c::VARCHAR", [null, "[]", "[2.0, NULL, 0.5]"]],
    ["lists of texts", column("c", "text", (row) => ["a", `b${row}`], true), "c::VARCHAR", ["[a, b0]", "[a, b1]", "[a, b2]"]],
  ])("holds %s, nulls included", async (_what, written, select, expected) => {
    const read = await readBack([written], select);

    expect(read).toHaveLength(rows);
    expect(read.slice(0, 3)).toEqual(expected);
  });

  it("holds several columns, none of them the other", async () => {
    const columns = Array.from({ length: 40 }, (_, index) => column(`c${index}`, "int32", (row) => row * 100 + index));

    expect((await readBack(columns, "list_value(c0, c17, c39)::VARCHAR"))[19]).toBe("[1900, 1917, 1939]");
  });

  it("is the same bytes for the same columns", () => {
    const columns = [column("c", "double", (row) => row)];

    expect(writeParquet(rows, columns).equals(writeParquet(rows, columns))).toBe(true);
  });
});
