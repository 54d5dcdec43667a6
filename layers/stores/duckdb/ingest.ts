import { join } from "node:path";
import * as z from "zod";
import type { DatasetColumn } from "#contracts/platform/data-contract.ts";
import { checkColumnNames } from "#core/data/column-names.ts";
import { invalid } from "#core/errors.ts";
import { columnType, stored } from "./column-types.ts";
import { readCsv } from "./ingest-csv.ts";
import { refusedInput } from "./refused-input.ts";
import { type DuckDbSession, literal } from "./session.ts";

export type SourceFormat = "csv" | "parquet" | "jsonl";
export interface NormalisedFile {
  /** Parquet, in the session's folder. */
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly DatasetColumn[];
}

const Described = z.object({ column_name: z.string(), column_type: z.string() });
const count = z.bigint().transform(Number);

async function describe(session: DuckDbSession, relation: string): Promise<DatasetColumn[]> {
  const rows = (await session.rows(`DESCRIBE SELECT * FROM ${relation}`)).map((row) => Described.parse(row));
  checkColumnNames(rows.map(({ column_name }) => column_name));
  return rows.map(({ column_name: name, column_type: type }) => ({ name, type: columnType(name, type) }));
}

async function source(session: DuckDbSession, file: string, format: SourceFormat, delimiter: string) {
  if (format === "csv") {
    const text = await readCsv(session, file, delimiter);
    return { relation: `read_parquet(${literal(text.file)})`, columns: text.columns };
  }
  const relation =
    format === "parquet"
      ? `read_parquet(${literal(file)})`
      : `read_json(${literal(file)}, format = 'newline_delimited', sample_size = -1, maximum_depth = 2, maximum_object_size = 8388608)`;
  return { relation, columns: await describe(session, relation) };
}

/**
 * Any source as one Parquet file in our types. The same source gives the same bytes, so that its hash names it.
 * @throws DomainError when the file is not what it is said to be, naming line or column where that is known
 */
export async function normalise(session: DuckDbSession, file: string, format: SourceFormat, delimiter = ","): Promise<NormalisedFile> {
  await session.run("SET TimeZone = 'UTC'");
  const target = join(session.folder, "normalised.parquet");
  try {
    const { relation, columns } = await source(session, file, format, delimiter);
    await session.run(`COPY (SELECT ${columns.map(stored).join(", ")} FROM ${relation}) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`);
    const [row = {}] = await session.rows(`SELECT count(*) AS rows FROM read_parquet(${literal(target)})`);
    return { file: target, rows: count.parse(row["rows"]), columns };
  } catch (cause) {
    throw refusedInput(session, `the file cannot be read as ${format}`, cause);
  }
}

/** The format that a name's ending says. @throws DomainError naming the endings that are known */
export function formatOf(name: string): SourceFormat {
  if (/\.csv(\.gz)?$/i.test(name)) return "csv";
  if (/\.parquet$/i.test(name)) return "parquet";
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(name)) return "jsonl";
  throw invalid(`format must be given for ${name}: known endings are .csv, .csv.gz, .parquet, .jsonl and .ndjson`);
}
