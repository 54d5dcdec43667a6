import type { FeatureView } from "./definitions.ts";
import type { FeatureRow } from "./feature-rows.ts";
import type { FeatureValue } from "./feature-values.ts";
import type { Micros } from "./timestamps.ts";

/** Which row: a generation of a view, and the canonical text of the entity's key. */
export interface RowAddress {
  readonly view: FeatureView;
  readonly key: string;
}

/** The newest row of a key. Features that it lacks were added to the view later. */
export interface OnlineRow {
  readonly eventAt: Micros;
  readonly values: Readonly<Record<string, FeatureValue>>;
}

/** The newest row of every key. */
export interface OnlineStore {
  /** Rows in the order of the addresses, undefined where there is none. Never "none" for what could not be read: that is a DependencyError. */
  read(addresses: readonly RowAddress[], options: { readonly consistent: boolean }): Promise<(OnlineRow | undefined)[]>;
  /**
   * Writes each row unless the key holds one that is not older (by event time, then creation, then `tie`): any order of writes, and
   * any repetition, ends in the same state. At most one row per key. @returns how many were written
   */
  write(view: FeatureView, rows: readonly FeatureRow[]): Promise<number>;
}
