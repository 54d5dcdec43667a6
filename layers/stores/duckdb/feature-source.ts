import { join } from "node:path";
import type { ValueType } from "#contracts/platform/features.ts";
import { invalid } from "#core/errors.ts";
import type { FeatureView } from "#core/features/definitions.ts";
import { isList, scalarOf } from "#core/features/feature-values.ts";
import { type FeatureFile, tieColumn } from "../s3/features.ts";
import type { Objects } from "../s3/objects.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

const sqlTypes = {
  STRING: "VARCHAR",
  BYTES: "BLOB",
  INT32: "INTEGER",
  INT64: "BIGINT",
  DOUBLE: "DOUBLE",
  FLOAT: "FLOAT",
  BOOL: "BOOLEAN",
  UNIX_TIMESTAMP: "TIMESTAMPTZ",
} as const;
export const sqlType = (type: ValueType) => `${sqlTypes[scalarOf(type)]}${isList(type) ? "[]" : ""}`;

const isNumeric = (type: string) => /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);

/** A time column of any type as TIMESTAMPTZ: numbers are epoch seconds, what names no zone is UTC (the session's time zone must be UTC). */
export function timeExpression(column: string, type: string): string {
  if (isNumeric(type)) return `to_timestamp(${column}::DOUBLE)`;
  return type.startsWith("TIMESTAMP_") ? `${column}::TIMESTAMP::TIMESTAMPTZ` : `${column}::TIMESTAMPTZ`;
}

function valueExpression(column: string, type: string, wanted: ValueType): string {
  if (wanted === "UNIX_TIMESTAMP") return timeExpression(column, type);
  if (wanted === "UNIX_TIMESTAMP_LIST") return `list_transform(${column}, lambda one: ${timeExpression("one", type.replace(/\[\]$/, ""))})`;
  return `${column}::${sqlType(wanted)}`;
}

/** Column names, as the relation spells them, with their types. */
export async function columnTypes(session: DuckDbSession, relation: string): Promise<Map<string, string>> {
  const described = await session.rows(`DESCRIBE SELECT * FROM ${relation}`);
  return new Map(described.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}

/** Brings files into the session's folder, eight at a time, under names that keep their order. */
export async function downloadAll(session: DuckDbSession, objects: Objects, label: string, files: readonly FeatureFile[]): Promise<string[]> {
  const paths = files.map((_, index) => join(session.folder, `${label}-${String(index).padStart(6, "0")}.parquet`));
  const waiting = files.entries();
  const worker = async () => {
    for (const [index, { address }] of waiting) await objects.download(address, paths[index] ?? "");
  };
  await Promise.all(Array.from({ length: Math.min(8, files.length) }, worker));
  return paths;
}

/**
 * SQL for the rows of a view in some files: join keys and features by name and type, `__at` (event time, microseconds), `__made` (created
 * time, or the event time) and `__order`: bytes that sort rows of a key by event, creation, tie, file and row, so that no two are equal.
 * Rows without a key or an event time are left out. A feature that no file has is null: it was added to the view later.
 * @throws DomainError naming a column that the files lack
 */
export async function featureRelation(session: DuckDbSession, view: FeatureView, paths: readonly string[]): Promise<string> {
  const { eventTimestampColumn, createdTimestampColumn, prefix } = view.source;
  if (paths.length === 0) {
    const columns = [...view.joinKeys, ...view.features].map(({ name, valueType }) => `NULL::${sqlType(valueType)} AS ${identifier(name)}`);
    return `(SELECT ${columns.join(", ")}, 0::BIGINT AS __at, 0::BIGINT AS __made, ''::BLOB AS __order WHERE false)`;
  }
  const files = `read_parquet([${paths.map(literal).join(", ")}], union_by_name = true, filename = '__file', file_row_number = true)`;
  const types = new Map([...(await columnTypes(session, files))].map(([name, type]) => [name.toLowerCase(), type]));
  const has = (name: string) => types.has(name.toLowerCase());
  const typeOf = (name: string): string => {
    const type = types.get(name.toLowerCase());
    if (type === undefined) throw invalid(`feature view ${view.name}: the files under ${prefix ?? "its pushed rows"} have no column ${name}`);
    return type;
  };
  const time = (name: string) => `epoch_us(${timeExpression(identifier(name), typeOf(name))})`;
  const made = createdTimestampColumn === null ? undefined : time(createdTimestampColumn);
  const order = ["__at", "__made", ...(has(tieColumn) ? [tieColumn] : []), ...(paths.length > 1 ? ["__file"] : []), "file_row_number"];
  const keys = view.joinKeys.map(({ name, valueType }) => `${valueExpression(identifier(name), typeOf(name), valueType)} AS ${identifier(name)}`);
  const features = view.features.map(
    ({ name, valueType }) => `${has(name) ? valueExpression(identifier(name), typeOf(name), valueType) : `NULL::${sqlType(valueType)}`} AS ${identifier(name)}`,
  );
  const inner = `SELECT * REPLACE (${keys.join(", ")}), ${time(eventTimestampColumn)} AS __at, ${made === undefined ? "__at" : `coalesce(${made}, __at)`} AS __made FROM ${files}`;
  const names = view.joinKeys.map(({ name }) => identifier(name));
  return `(SELECT ${[...names, ...features].join(", ")}, __at, __made, create_sort_key(${order.map((part) => `${part}, 'ASC NULLS FIRST'`).join(", ")}) AS __order
    FROM (${inner}) WHERE __at IS NOT NULL AND ${names.map((name) => `${name} IS NOT NULL`).join(" AND ")})`;
}
