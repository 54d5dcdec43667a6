import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DomainError } from "#core/errors.ts";
import { normalise, type SourceFormat } from "#stores/duckdb/ingest.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";

/** Ingests a text; answers with the rows as JSON would show them. */
async function ingest(text: string | Uint8Array, format: SourceFormat = "csv", delimiter = ",") {
  return await withDuckDb(async (session) => {
    const file = join(session.folder, "source");
    await writeFile(file, text);
    const { rows, columns, file: parquet } = await normalise(session, file, format, delimiter);
    const values = await session.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(${literal(parquet)})`);
    const sha256 = createHash("sha256")
      .update(await readFile(parquet))
      .digest("hex");
    return { rows, types: columns.map(({ name, type }) => `${name} ${type}`), values: values.map((row) => Object.values(row)), sha256 };
  });
}

const refusal = async (text: string | Uint8Array, format: SourceFormat = "csv"): Promise<string> => {
  const error = await ingest(text, format).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DomainError);
  return (error as DomainError).message;
};

describe("ingesting CSV", () => {
  it("gives each column the narrowest type that all of its values have", async () => {
    const { types } = await ingest("a,b,c,d,e,f,g\n1,1.5,true,2026-01-02,2026-01-02T03:04:05Z,007,x\n-2,,FALSE,,,010,1\n");

    expect(types).toEqual(["a integer", "b number", "c boolean", "d date", "e timestamp", "f string", "g string"]);
  });

  it("looks at every row before it decides, not at the first thousands", async () => {
    const { types } = await ingest(`a\n${"1\n".repeat(30_000)}x\n`);

    expect(types).toEqual(["a string"]);
  });

  it("keeps quotes, delimiters and line breaks inside of values", async () => {
    const { values } = await ingest('"a ""b""";"c"\n"x;""y""";"two\nlines"\n', "csv", ";");

    expect(values).toEqual([['x;"y"', "two\nlines"]]);
  });

  it("stores instants in UTC and NaN as missing", async () => {
    const { values } = await ingest("at,n\n2026-01-02T03:04:05+02:00,NaN\n2026-01-02T03:04:05Z,1.5\n");

    expect(values).toEqual([
      ["2026-01-02 01:04:05", null],
      ["2026-01-02 03:04:05", "1.5"],
    ]);
  });

  it("makes the same bytes of the same file", async () => {
    const text = `a,b\n${Array.from({ length: 20_000 }, (_, k) => `${k},v${k % 7}`).join("\n")}\n`;

    expect((await ingest(text)).sha256).toBe((await ingest(text)).sha256);
  });

  it("names the lines that have too few or too many fields", async () => {
    expect(await refusal("a,b\n1,2\n3\n4,5,6\n7,8\n")).toBe(
      "the file is not valid CSV: line 3: expected number of columns: 2 found: 1; line 4: expected number of columns: 2 found: 3",
    );
  });

  it.each([
    ["an empty file", "", "the file is empty"],
    ["a quote that never ends", 'a,b\n1,"2\n3,4\n', "line 2"],
    ["a column without a name", "a,,c\n1,2,3\n", "column 2 has no name"],
    ["two columns of one name", "a,b,A\n1,2,3\n", 'columns 1 and 3 have the same name: "A"'],
    ["a header whose quote does not end", '"a,b\n1,2\n', "line 1: a quoted column name does not end"],
    ["bytes that are not UTF-8", Buffer.from([97, 10, 0xff, 0xfe, 10]), "line 2"],
  ])("refuses %s", async (_what, text, message) => {
    expect(await refusal(text)).toContain(message);
  });

  it("accepts a header without rows", async () => {
    expect(await ingest("a,b\n")).toMatchObject({ rows: 0, types: ["a string", "b string"] });
  });
});

describe("ingesting other formats", () => {
  it("reads JSON lines", async () => {
    const { types, values } = await ingest('{"a":1,"b":"x"}\n{"a":2.5,"b":null}\n', "jsonl");

    expect({ types, values }).toEqual({
      types: ["a number", "b string"],
      values: [
        ["1.0", "x"],
        ["2.5", null],
      ],
    });
  });

  it("refuses nested values by column, and broken JSON", async () => {
    expect(await refusal('{"a":{"b":1}}\n', "jsonl")).toMatch(/^column "a" has type .*: allowed are booleans/);
    expect(await refusal('{"a":1}\n{"a":\n', "jsonl")).toMatch(/^the file cannot be read as jsonl: .*in file "source", at byte 7 in line 3/);
  });

  it("refuses what is not Parquet", async () => {
    expect(await refusal("hello", "parquet")).toMatch(/^the file cannot be read as parquet/);
  });
});
