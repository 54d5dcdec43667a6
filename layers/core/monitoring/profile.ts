/** What is known of one column on one side: enough for every rule, small whatever the number of rows. */
export interface SideSummary {
  readonly rows: number;
  /** Null, NaN and infinite. */
  readonly missing: number;
}

export interface NumericSummary extends SideSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly sd: number;
}

/** How many values lie above the previous step's `upTo` and at or below this one's. */
export interface Step {
  readonly upTo: number;
  readonly reference: number;
  readonly current: number;
}

/**
 * Two empirical distributions over the same steps, in ascending order. `exact`: every distinct value is a step, so that statistics
 * are those of the rows; otherwise values are taken to be spread evenly within a step, from the previous one's `upTo`.
 */
export interface NumericPair {
  readonly kind: "numeric";
  readonly name: string;
  readonly exact: boolean;
  readonly reference: NumericSummary;
  readonly current: NumericSummary;
  readonly steps: readonly Step[];
}

export interface CategoryCount {
  readonly category: string;
  readonly reference: number;
  readonly current: number;
}

/** Counts of each category; `unlisted` holds those beyond the listing's bound, as one. */
export interface CategoricalPair {
  readonly kind: "categorical";
  readonly name: string;
  readonly reference: SideSummary;
  readonly current: SideSummary;
  readonly counts: readonly CategoryCount[];
  readonly unlisted: { readonly categories: number; readonly reference: number; readonly current: number };
}

/** A column that is not compared, and why. */
export interface SkippedColumn {
  readonly kind: "skipped";
  readonly name: string;
  readonly reason: string;
}

export type ColumnPair = NumericPair | CategoricalPair | SkippedColumn;

/** Pearson correlation of two numeric columns on both sides, each with the number of complete pairs. */
export interface CorrelationPair {
  readonly a: string;
  readonly b: string;
  readonly reference: { readonly r: number; readonly n: number };
  readonly current: { readonly r: number; readonly n: number };
}

/** Everything that the drift rules look at: the reference window beside the current one. */
export interface WindowPair {
  readonly reference: { readonly rows: number; readonly duplicateRows: number };
  readonly current: { readonly rows: number; readonly duplicateRows: number };
  readonly columns: readonly ColumnPair[];
  readonly correlations: readonly CorrelationPair[];
  /** Columns of the reference that the current window lacks, and the reverse. */
  readonly missingColumns: readonly string[];
  readonly extraColumns: readonly string[];
}
