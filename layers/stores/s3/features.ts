import { createHash } from "node:crypto";
import type { ValueType } from "#contracts/platform/features.ts";
import type { FeatureView } from "#core/features/definitions.ts";
import type { FeatureRow } from "#core/features/feature-rows.ts";
import { type FeatureValue, isList, scalarOf } from "#core/features/feature-values.ts";
import type { Micros } from "#core/features/timestamps.ts";
import type { Cell, ColumnType } from "../parquet/column-bytes.ts";
import { type ParquetColumn, writeParquet } from "../parquet/write-parquet.ts";
import { formatS3Uri, type ObjectAddress, type Objects } from "./objects.ts";

/*
 * The history of feature views in the bucket `data`.
 *
 * | key                                                                    | holds                                                    |
 * |------------------------------------------------------------------------|----------------------------------------------------------|
 * | <source.prefix>**.parquet                                              | rows made elsewhere; only read                            |
 * | features/pushed/<view>/<generation>/<first>_<last>_<sha256>.parquet    | rows of one push; first and last event in epoch seconds   |
 *
 * Pushed files are immutable and named by their content: writing one again changes nothing, and a list alone says which are worth reading.
 */
/** The column of pushed files that decides between rows of one event and creation time; see rowTie in core. */
export const tieColumn = "_tie";

/** A Parquet file of a view. */
export interface FeatureFile {
  readonly address: ObjectAddress;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** Files of a view that may hold events from `from` to `to`, those of the source before the pushed ones, by key. */
export interface FeatureFiles {
  list(view: FeatureView, range: { readonly from?: Micros | undefined; readonly to: Micros }): Promise<FeatureFile[]>;
  append(view: FeatureView, rows: readonly FeatureRow[]): Promise<string>;
}

const columnTypes = {
  STRING: "text",
  BYTES: "bytes",
  INT32: "int32",
  INT64: "int64",
  DOUBLE: "double",
  FLOAT: "float",
  BOOL: "boolean",
  UNIX_TIMESTAMP: "timestamp",
} as const satisfies Record<string, ColumnType>;

/** UNIX_TIMESTAMP is whole seconds in core and a timestamp in files, as Feast's own files have it. */
function cells(type: ValueType, value: FeatureValue): Cell | readonly Cell[] {
  if (scalarOf(type) !== "UNIX_TIMESTAMP") return value;
  return Array.isArray(value)
    ? (value as readonly Cell[]).map((one) => (one === null ? null : Number(one) * 1e6))
    : value === null
      ? null
      : Number(value) * 1e6;
}

function columnsOf(view: FeatureView, rows: readonly FeatureRow[]): ParquetColumn[] {
  const { eventTimestampColumn, createdTimestampColumn } = view.source;
  const typed = (name: string, type: ValueType, cellOf: (row: FeatureRow) => FeatureValue): ParquetColumn => ({
    name,
    type: columnTypes[scalarOf(type)],
    isList: isList(type),
    values: rows.map((row) => cells(type, cellOf(row))),
  });
  const time = (name: string, cellOf: (row: FeatureRow) => Micros): ParquetColumn => ({ name, type: "timestamp", isList: false, values: rows.map(cellOf) });
  return [
    ...view.joinKeys.map(({ name, valueType }) => typed(name, valueType, (row) => row.joinKeys[name] ?? null)),
    time(eventTimestampColumn, ({ eventAt }) => eventAt),
    ...(createdTimestampColumn === null ? [] : [time(createdTimestampColumn, ({ createdAt }) => createdAt)]),
    ...view.features.map(({ name, valueType }) => typed(name, valueType, (row) => row.values[name] ?? null)),
    { name: tieColumn, type: "text", isList: false, values: rows.map(({ tie }) => tie) },
  ];
}

const pushedPrefix = (view: FeatureView) => `features/pushed/${view.name}/${view.generation}/`;

function mayHold(key: string, from: Micros | undefined, to: Micros): boolean {
  const [, first, last] = /\/(-?\d+)_(-?\d+)_[0-9a-f]{64}\.parquet$/.exec(key) ?? [];
  return first === undefined || last === undefined || (Number(first) * 1e6 <= to && (from === undefined || (Number(last) + 1) * 1e6 > from));
}

export const featureFiles = (objects: Objects, bucket: string): FeatureFiles => ({
  async list(view, { from, to }) {
    const prefixes = [...(view.source.prefix === undefined ? [] : [view.source.prefix]), pushedPrefix(view)];
    const listed = await Promise.all(prefixes.map((prefix) => objects.list(bucket, prefix)));
    return listed
      .flat()
      .filter(({ key, bytes }) => key.endsWith(".parquet") && bytes > 0 && mayHold(key, from, to))
      .map(({ key, bytes, modifiedAt }) => ({ address: { bucket, key }, bytes, modifiedAt }));
  },
  async append(view, rows) {
    const seconds = rows.map(({ eventAt }) => Math.floor(eventAt / 1e6));
    const [first, last] = seconds.reduce(
      ([low, high], second) => [Math.min(low, second), Math.max(high, second)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    const file = writeParquet(rows.length, columnsOf(view, rows));
    const key = `${pushedPrefix(view)}${first}_${last}_${createHash("sha256").update(file).digest("hex")}.parquet`;
    await objects.putIfAbsent({ bucket, key }, file, "application/vnd.apache.parquet");
    return formatS3Uri({ bucket, key });
  },
});
