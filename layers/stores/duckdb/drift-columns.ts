import * as z from "zod";
import type { MonitoredFeature } from "#contracts/platform/monitors.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

export interface FileColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
}

const Described = z.object({ column_name: z.string(), column_type: z.string() });

/** Columns of a Parquet file, in its order. */
export async function columnsOf(session: DuckDbSession, file: string): Promise<FileColumn[]> {
  const rows = await session.rows(`DESCRIBE SELECT * FROM read_parquet(${literal(file)})`);
  return rows.map((row) => Described.parse(row)).map(({ column_name, column_type }) => ({ name: column_name, type: column_type }));
}

const isNumeric = (type: string) => /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);
const isCategorical = (type: string) => type === "VARCHAR" || type === "BOOLEAN" || type.startsWith("ENUM");

export interface ComparedColumns {
  readonly compared: readonly MonitoredFeature[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/**
 * Which columns to compare and how. The types that the monitor names win; without them the reference's types decide: numbers are numeric,
 * text and booleans categorical, times and nested values skipped. A type is never guessed from values.
 */
export function comparedColumns(reference: readonly FileColumn[], current: readonly FileColumn[], wanted: readonly MonitoredFeature[] | null): ComparedColumns {
  const inCurrent = new Set(current.map(({ name }) => name));
  const inReference = new Map(reference.map((column) => [column.name, column]));
  const named = wanted?.filter(({ name }) => inReference.has(name));
  const inferred = reference.flatMap(({ name, type }): MonitoredFeature[] => {
    if (isNumeric(type)) return [{ name, type: "numeric" }];
    return isCategorical(type) ? [{ name, type: "categorical" }] : [];
  });
  const chosen = named ?? inferred;
  const unusable = named ? [] : reference.filter(({ type }) => !isNumeric(type) && !isCategorical(type));
  return {
    compared: chosen.filter(({ name }) => inCurrent.has(name)),
    skipped: [
      ...unusable.map(({ name, type }) => ({ name, reason: `columns of type ${type} are not compared` })),
      ...(wanted ?? []).filter(({ name }) => !inReference.has(name)).map(({ name }) => ({ name, reason: "column is not in the reference" })),
    ],
    missing: chosen.filter(({ name }) => !inCurrent.has(name)).map(({ name }) => name),
    extra: wanted === null ? current.filter(({ name }) => !inReference.has(name)).map(({ name }) => name) : [],
  };
}

/** The row number of the file: it lets a sample be the same on every run, which DuckDB's own sampling on several threads is not. */
export const rowNumber = identifier("file_row_number");

/** A whole number is written without a point, so that JSON's 1 equals the reference's "1". */
const categoryText = (column: string, type: string) =>
  type === "DOUBLE"
    ? `CASE WHEN abs(${column}) < 1e15 AND ${column} = trunc(${column}) THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`
    : `CAST(${column} AS VARCHAR)`;

/** Makes a view of the compared columns as DOUBLE (finite or null) and VARCHAR. */
export async function createView(session: DuckDbSession, view: string, file: string, columns: readonly MonitoredFeature[]): Promise<void> {
  const types = new Map((await columnsOf(session, file)).map(({ name, type }) => [name, type]));
  const expression = ({ name, type }: MonitoredFeature) => {
    const column = identifier(name);
    const present = types.get(name) ?? "VARCHAR";
    if (type === "categorical") return `${categoryText(column, present)} AS ${column}`;
    if (isNumeric(present) && present !== "DOUBLE" && present !== "FLOAT") return `CAST(${column} AS DOUBLE) AS ${column}`;
    const number = present === "DOUBLE" ? column : `TRY_CAST(${column} AS DOUBLE)`;
    return `CASE WHEN isfinite(${number}) THEN ${number} END AS ${column}`;
  };
  await session.run(
    `CREATE OR REPLACE VIEW ${identifier(view)} AS SELECT ${[...columns.map(expression), rowNumber].join(", ")} FROM read_parquet(${literal(file)}, file_row_number = true)`,
  );
}
