import type { ColumnType, DatasetColumn } from "#contracts/platform/data-contract.ts";
import { invalid } from "#core/errors.ts";
import { identifier } from "./session.ts";

/** How each of our types is stored in Parquet. */
const storedAs: Readonly<Record<ColumnType, string>> = {
  boolean: "BOOLEAN",
  integer: "BIGINT",
  number: "DOUBLE",
  string: "VARCHAR",
  date: "DATE",
  timestamp: "TIMESTAMP",
};

const families: readonly (readonly [RegExp, ColumnType])[] = [
  [/^BOOLEAN$/, "boolean"],
  [/^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/, "integer"],
  [/^(FLOAT|DOUBLE|DECIMAL.*|UBIGINT|HUGEINT|UHUGEINT)$/, "number"],
  [/^(VARCHAR|UUID|ENUM.*)$/, "string"],
  [/^DATE$/, "date"],
  [/^TIMESTAMP.*$/, "timestamp"],
];

/** Our type for one of DuckDB's. @throws DomainError naming the column where there is none, as for lists and structs */
export function columnType(name: string, type: string): ColumnType {
  const found = families.find(([pattern]) => pattern.test(type))?.[1];
  if (found === undefined) throw invalid(`column ${JSON.stringify(name)} has type ${type}: allowed are booleans, numbers, text, dates and timestamps`);
  return found;
}

/** A column in its stored type: NaN is a missing number, an instant is in UTC (the session's time zone must be). */
export function stored({ name, type }: DatasetColumn): string {
  const column = identifier(name);
  const value = `CAST(${type === "timestamp" ? `CAST(${column} AS TIMESTAMPTZ)` : column} AS ${storedAs[type]})`;
  return `${type === "number" ? `CASE WHEN isnan(${value}) THEN NULL ELSE ${value} END` : value} AS ${column}`;
}
