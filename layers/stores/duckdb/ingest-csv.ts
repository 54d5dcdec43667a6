import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import * as z from "zod";
import type { ColumnType, DatasetColumn } from "#contracts/platform/data-contract.ts";
import { checkColumnNames, parseHeader } from "#core/data/column-names.ts";
import { invalid } from "#core/errors.ts";
import { refusedInput } from "./refused-input.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

const shownErrors = 5;
const count = z.bigint().transform(Number);

async function headerOf(file: string, compressed: boolean, delimiter: string): Promise<string[]> {
  const source = createReadStream(file, { end: compressed ? undefined : 4 * 2 ** 20 });
  const lines = createInterface({ input: compressed ? source.pipe(createGunzip()) : source, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) return parseHeader(line.replace(/^\uFEFF/, ""), delimiter);
    throw invalid("the file is empty");
  } finally {
    source.destroy();
  }
}

/** What DuckDB refused, line by line. */
async function refuseBadLines(session: DuckDbSession): Promise<void> {
  const rows = await session.rows("SELECT line, error_type, error_message FROM reject_errors ORDER BY line LIMIT 20");
  if (rows.length === 0) return;
  const explained = rows.map((row) => `line ${String(row["line"])}: ${String(row["error_message"]).split("\n")[0]?.toLowerCase()}`);
  const more = rows.length > shownErrors ? `; and ${rows.length === 20 ? "15 or more" : rows.length - shownErrors} others` : "";
  throw invalid(`the file is not valid CSV: ${explained.slice(0, shownErrors).join("; ")}${more}`);
}

/**
 * What text must look like to be of a type, the narrowest first. A number with a leading zero stays text: it is a code, and would lose it.
 */
const forms: readonly (readonly [ColumnType, (column: string) => string])[] = [
  ["integer", (c) => `regexp_full_match(${c}, '[+-]?(0|[1-9]\\d{0,17})')`],
  [
    "number",
    (c) =>
      `regexp_full_match(${c}, '[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|[Nn]a[Nn]|[+-]?[Ii]nf(inity)?') AND TRY_CAST(${c} AS DOUBLE) IS NOT NULL`,
  ],
  ["boolean", (c) => `lower(${c}) IN ('true', 'false')`],
  ["date", (c) => `regexp_full_match(${c}, '\\d{4}-\\d\\d-\\d\\d') AND TRY_CAST(${c} AS DATE) IS NOT NULL`],
  ["timestamp", (c) => `regexp_full_match(${c}, '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*') AND TRY_CAST(${c} AS TIMESTAMPTZ) IS NOT NULL`],
];

/** The narrowest type that every value of a column has, over all rows; a column without values is text. */
async function typesOf(session: DuckDbSession, file: string, names: readonly string[]): Promise<DatasetColumn[]> {
  const one = (name: string, k: number) => [
    `count(${identifier(name)}) AS n${k}`,
    ...forms.map(([type, form]) => `count_if(${form(identifier(name))}) AS ${type}${k}`),
  ];
  const [row = {}] = await session.rows(`SELECT ${names.flatMap(one).join(", ")} FROM read_parquet(${literal(file)})`);
  return names.map((name, k) => {
    const present = count.parse(row[`n${k}`]);
    const fits = forms.find(([type]) => present > 0 && Number(row[`${type}${k}`]) === present);
    return { name, type: fits?.[0] ?? "string" };
  });
}

/**
 * Reads a CSV file strictly (RFC 4180, UTF-8, a header): text first, then each column's type from all of its values.
 * @returns a Parquet file of text and the types it can be cast to
 * @throws DomainError with the numbers of the bad lines
 */
export async function readCsv(session: DuckDbSession, file: string, delimiter: string): Promise<{ readonly file: string; readonly columns: DatasetColumn[] }> {
  const names = await headerOf(file, file.endsWith(".gz"), delimiter);
  checkColumnNames(names);
  const text = join(session.folder, "text.parquet");
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  try {
    await session.run(
      `COPY (SELECT * FROM read_csv(${literal(file)}, columns = {${columns}}, auto_detect = false, header = true, delim = ${literal(delimiter)}, quote = '"',
       escape = '"', strict_mode = true, store_rejects = true, rejects_limit = 20)) TO ${literal(text)}`,
    );
  } catch (cause) {
    throw refusedInput(session, "the file is not valid CSV", cause);
  }
  await refuseBadLines(session);
  return { file: text, columns: await typesOf(session, text, names) };
}
