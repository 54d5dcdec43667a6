import type { ValueType } from "#contracts/platform/features.ts";
import { invalid } from "../errors.ts";
import type { FeatureView } from "./definitions.ts";
import { entityKey } from "./entity-key.ts";
import { type FeatureValue, plainValue, readValue } from "./feature-values.ts";
import { rowTie } from "./row-tie.ts";
import { formatTimestamp, type Micros, parseTimestamp } from "./timestamps.ts";

/** A row of a feature view, every value of its declared type. */
export interface FeatureRow {
  /** The canonical text of the join keys. */
  readonly key: string;
  readonly joinKeys: Readonly<Record<string, FeatureValue>>;
  readonly eventAt: Micros;
  /** 0 where the view has no created time. */
  readonly createdAt: Micros;
  readonly values: Readonly<Record<string, FeatureValue>>;
  /** The features as JSON, in the order of their names: what the online store keeps. */
  readonly packed: string;
  /** See {@link rowTie}. */
  readonly tie: string;
}

/** How far ahead of our clock an event may be: one bad clock would otherwise hold the key against every later row. */
const clockSkewMicros = 300_000_000;

/** A DynamoDB item holds 400 KB; this leaves room for the key and the times. */
const maxRowBytes = 390_000;
const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** Packs values so that the same values give the same text. */
export const packValues = (values: Readonly<Record<string, FeatureValue>>) =>
  JSON.stringify(
    Object.fromEntries(
      Object.keys(values)
        .toSorted()
        .map((name) => [name, plainValue(values[name] ?? null)]),
    ),
  );

export function featureRow(joinKeys: FeatureRow["joinKeys"], eventAt: Micros, createdAt: Micros, values: FeatureRow["values"]): FeatureRow {
  const packed = packValues(values);
  return { key: entityKey(joinKeys), joinKeys, eventAt, createdAt, values, packed, tie: rowTie(packed) };
}

type Cells = Readonly<Record<string, unknown>>;

/** The first of some columns that holds something. */
const firstOf = (row: Cells, columns: readonly string[]) => columns.map((column) => row[column]).find((value) => value != null);

function timeOf(row: Cells, column: string, otherName: string, at: string): Micros | undefined {
  const given = firstOf(row, [column, otherName]);
  const time = parseTimestamp(given);
  if (given !== undefined && time === undefined) throw invalid(`${at}${column} must be ISO 8601 or epoch seconds, got ${JSON.stringify(given)}`);
  return time;
}

/** Event and creation, in microseconds. */
function timesOf({ source }: FeatureView, row: Cells, at: string, now: Micros): readonly [eventAt: Micros, createdAt: Micros] {
  const { eventTimestampColumn, createdTimestampColumn } = source;
  const eventAt = timeOf(row, eventTimestampColumn, "event_timestamp", at);
  if (eventAt === undefined) throw invalid(`${at}${eventTimestampColumn} must be ISO 8601 or epoch seconds, got nothing`);
  if (eventAt > now + clockSkewMicros) throw invalid(`${at}${eventTimestampColumn} must be at most 5 minutes from now, got ${formatTimestamp(eventAt)}`);
  return [eventAt, createdTimestampColumn === null ? 0 : (timeOf(row, createdTimestampColumn, "created", at) ?? now)];
}

function readRow(view: FeatureView, row: Cells, index: number, now: Micros): FeatureRow {
  const at = `rows[${index}].`;
  const missing = view.features.filter(({ name }) => !(name in row)).map(({ name }) => name);
  if (missing.length > 0)
    throw invalid(`${at}${missing[0]} is required: a row holds every feature of ${view.name}, null where unknown; missing are ${missing.join(", ")}`);
  const [eventAt, createdAt] = timesOf(view, row, at, now);
  const typed = ({ name, valueType }: { readonly name: string; readonly valueType: ValueType }) =>
    [name, readValue(valueType, row[name], `${at}${name}`)] as const;
  const joinKeys = Object.fromEntries(view.joinKeys.map(typed));
  const absent = view.joinKeys.find(({ name }) => joinKeys[name] === null);
  if (absent) throw invalid(`${at}${absent.name} is required: it is a join key of ${view.name}`);
  const read = featureRow(joinKeys, eventAt, createdAt, Object.fromEntries(view.features.map(typed)));
  const bytes = byteLength(read.packed);
  if (bytes > maxRowBytes) throw invalid(`rows[${index}] must be at most ${maxRowBytes} bytes as JSON, got ${bytes}`);
  return read;
}

/**
 * Reads rows by column name. The time columns may bear the source's names or Feast's (`event_timestamp`, `created`: what its client always
 * sends). A row without a created time was made now. All rows are checked before any is returned.
 * @throws DomainError naming the row, the column and the value
 */
export const readRows = (view: FeatureView, rows: readonly Cells[], nowMillis: number): FeatureRow[] =>
  rows.map((row, index) => readRow(view, row, index, nowMillis * 1000));

/** Whether `a` replaces `b` under the same key: later event, else made later, else the greater tie. The online store's condition is the same. */
const replaces = (a: FeatureRow, b: FeatureRow) =>
  a.eventAt !== b.eventAt ? a.eventAt > b.eventAt : a.createdAt !== b.createdAt ? a.createdAt > b.createdAt : a.tie > b.tie;

/** One row per key, the newest. */
export function newestPerKey(rows: readonly FeatureRow[]): FeatureRow[] {
  const newest = new Map<string, FeatureRow>();
  for (const row of rows) {
    const held = newest.get(row.key);
    if (!held || replaces(row, held)) newest.set(row.key, row);
  }
  return [...newest.values()];
}
