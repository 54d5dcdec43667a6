import type { RecordState } from "#core/tracking/record.ts";
import type { ColumnName } from "#core/tracking/record-index.ts";
import { linkCell } from "#core/tracking/state-segment.ts";
import { packDocument } from "../../dynamodb/tracking/document-codec.ts";
import { packDoubles, packIntegers, packMoments, packTexts, type Sparse } from "./block-columns.ts";
import { packHead } from "./block-head.ts";

/** A record as it was folded for the `version`-th time. */
export interface PackedRecord {
  readonly id: string;
  readonly version: number;
  readonly state: RecordState;
}
export interface PackedBlock {
  readonly bytes: Buffer;
  /** How many of them, at the beginning, are the head. */
  readonly headBytes: number;
}

/** Beyond so many metrics, making a record from its columns costs more than keeping it once more as a whole. */
const wideMetrics = 200;

interface Column extends ColumnName {
  readonly cells: Buffer;
  readonly moments?: Buffer;
}

/** The cells of every key, in the order of the keys. */
function columnsOf<T>(maps: readonly Iterable<readonly [string, T]>[]): readonly (readonly [string, Sparse<T>])[] {
  const found = new Map<string, { rows: number[]; cells: T[] }>();
  for (const [row, entries] of maps.entries())
    for (const [key, cell] of entries) {
      const column = found.get(key) ?? { rows: [], cells: [] };
      found.set(key, column);
      column.rows.push(row);
      column.cells.push(cell);
    }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A block of records: every column compressed by itself behind a head that says where it lies. */
export function packBlock(records: readonly PackedRecord[]): PackedBlock {
  const count = records.length;
  const states = records.map(({ state }) => state);
  const texts = (entity: ColumnName["entity"], maps: readonly Iterable<readonly [string, string]>[]) =>
    columnsOf(maps).map(([key, sparse]): Column => ({ entity, key, cells: packTexts(sparse, count) }));
  const info = states.map((state) => [...state.info]);
  const textInfo = info.map((entries) => entries.flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])));
  const integerInfo = info.map((entries) => entries.flatMap(([key, value]) => (typeof value === "string" ? [] : [[key, value] as const])));
  const metrics = columnsOf(states.map((state) => state.metrics));
  const links = states.map((state) => {
    const cell = linkCell(state);
    return cell === undefined ? [] : [["", cell] as const];
  });
  const columns: readonly Column[] = [
    ...texts("text", textInfo),
    ...columnsOf(integerInfo).map(([key, sparse]): Column => ({ entity: "integer", key, cells: packIntegers(sparse, count) })),
    ...texts(
      "param",
      states.map(({ params }) => params),
    ),
    ...texts(
      "tag",
      states.map(({ tags }) => tags),
    ),
    ...texts("link", links),
    ...metrics.map(([key, { rows, cells }]): Column => {
      const values = { rows, cells: cells.map(({ value }) => value) };
      const moments = packMoments(
        cells.map(({ step }) => step),
        cells.map(({ timestamp }) => timestamp),
      );
      return { entity: "metric", key, cells: packDoubles(values, count), moments };
    }),
  ];
  const documents = metrics.length > wideMetrics ? states.map(packDocument) : [];
  const head = packHead({
    ids: records.map(({ id }) => id),
    versions: records.map(({ version }) => version),
    columns: columns.map(({ entity, key, cells, moments }) => ({ entity, key, cells: cells.length, moments: moments?.length ?? 0 })),
    documents: documents.map(({ length }) => length),
  });
  return {
    bytes: Buffer.concat([head, ...columns.flatMap(({ cells, moments }) => (moments ? [cells, moments] : [cells])), ...documents]),
    headBytes: head.length,
  };
}
