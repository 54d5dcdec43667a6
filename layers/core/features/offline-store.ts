import type { FeatureView } from "./definitions.ts";
import type { FeatureRow } from "./feature-rows.ts";
import type { Micros } from "./timestamps.ts";

/** The newest rows of a range, in batches, and how far the store was read. */
export interface OfflineRange {
  readonly from?: Micros | undefined;
  readonly to: Micros;
  /** Only files written since then, in milliseconds. */
  readonly filesSince?: number | undefined;
}
export interface RangeRead {
  /** When the newest file was written, in milliseconds; undefined where there was none. */
  readonly newestFileAt?: number | undefined;
  /** Rows of those files that are later than the range. */
  readonly later: number;
}

/** Where the history of every view is added to. */
export interface OfflineStore {
  /** Adds rows as one immutable file whose name comes from its content, so that a repeat adds nothing. @returns its address */
  append(view: FeatureView, rows: readonly FeatureRow[]): Promise<string>;
}

/** The same history, to be read. */
export interface OfflineHistory {
  /** Hands on the newest row per key of a range, in batches. */
  newest(view: FeatureView, range: OfflineRange, take: (rows: readonly FeatureRow[]) => Promise<void>): Promise<RangeRead>;
}
