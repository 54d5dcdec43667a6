import * as z from "zod";
import type { DatasetColumn } from "#contracts/platform/data-contract.ts";
import type { Preview } from "#core/data/datasets.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

const previewRows = 100;
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const largestExact = Number.MAX_SAFE_INTEGER;

/** A value as JSON can hold it: integers beyond 2^53, dates and infinities as text. */
function readable({ name, type }: DatasetColumn): string {
  const column = identifier(name);
  if (type === "boolean" || type === "string") return column;
  if (type === "integer") return `CASE WHEN abs(CAST(${column} AS HUGEINT)) <= ${largestExact} THEN CAST(${column} AS DOUBLE) END`;
  return type === "number" ? `CASE WHEN isfinite(${column}) THEN ${column} END` : "NULL";
}

/** The first rows of a Parquet file. */
export async function previewFile(session: DuckDbSession, file: string, columns: readonly DatasetColumn[]): Promise<Preview> {
  const pairs = columns.map((column, k) => `${readable(column)} AS v${k}, CAST(${identifier(column.name)} AS VARCHAR) AS t${k}`);
  const rows = await session.rows(`SELECT ${pairs.join(", ")} FROM read_parquet(${literal(file)}) LIMIT ${previewRows}`);
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map((_column, k) => value.parse(row[`v${k}`] ?? row[`t${k}`]))),
  };
}
