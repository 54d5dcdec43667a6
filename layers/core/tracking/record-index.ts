import type { CellColumn } from "../search/columns.ts";
import type { RecordState } from "./record.ts";

/**
 * A column as records keep it: texts and integers of `info` apart, and under `link` (with an empty key) all links of a record as JSON
 * of its entries.
 */
export interface ColumnName {
  readonly entity: "text" | "integer" | "param" | "tag" | "metric" | "link";
  readonly key: string;
}

/** Names that some record has under `metric`, `param` and `tag`, each in order. */
export type ColumnKeys = Readonly<Record<"metric" | "param" | "tag", readonly string[]>>;

/** Records side by side, read column by column. Asking for a column costs about what it holds, not what the records hold. */
export interface RecordSegment {
  /** By row. */
  readonly ids: readonly string[];
  /** 1 for rows that another segment has a later version of. */
  readonly outdated?: Uint8Array | undefined;
  /** In the order of the names; undefined where no row has such a cell. */
  columns(names: readonly ColumnName[]): Promise<readonly (CellColumn | undefined)[]>;
  /** Whole records, in the order of `rows`. */
  states(rows: readonly number[]): Promise<readonly RecordState[]>;
  keys(): Promise<ColumnKeys>;
}

/** All records of an experiment as they were at one moment after the view was asked for. */
export interface RecordView {
  /** Packed records. */
  readonly packed: readonly RecordSegment[];
  /** Tells what is packed from what was packed at another time. */
  readonly stamp: string;
  /** Records written since they were packed, or never packed. */
  readonly live: RecordSegment;
  /** The packed rows, as segment and row, that a live record replaces. */
  readonly replaced: readonly (readonly [segment: number, row: number])[];
}

/** Where the records of an experiment are searched. Every view shows every write that was acknowledged before it was asked for. */
export interface RecordIndex {
  /** @param shards as the experiment says; reading begins before it is known */
  open(experimentId: string, shards: Promise<number>): Promise<RecordView>;
}
