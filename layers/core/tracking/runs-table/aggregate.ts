import { type DoubleReply, spellDouble } from "#contracts/mlflow/double.ts";
import type { RunsTableCell } from "#contracts/platform/runs-table.ts";
import type { Run } from "../run.ts";
import { type ValueColumn, valueIn } from "./value-column.ts";

/** A stored infinity is the largest double (`points.ts`); a table says what was logged. */
export const spelled = (value: number): DoubleReply => spellDouble(Math.abs(value) === Number.MAX_VALUE ? value * 2 : value);

export interface Extent {
  /** Runs that have a value. */
  readonly count: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
}

/** What numbers come to; not-a-number counts as a value and for nothing else. */
export function extentOf(runs: readonly Run[], column: ValueColumn): Extent {
  let [count, numbers, sum, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const run of runs) {
    const value = valueIn(run, column);
    if (value === undefined) continue;
    count += 1;
    if (typeof value === "string" || Number.isNaN(value)) continue;
    numbers += 1;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return numbers === 0 ? { count, min: null, max: null, mean: null } : { count, min, max, mean: sum / numbers };
}

const orNull = (value: number | null) => (value === null ? null : spelled(value));

export function runCell(run: Run, column: ValueColumn): RunsTableCell {
  const value = valueIn(run, column);
  return value === undefined ? null : typeof value === "number" ? spelled(value) : value;
}

/** A group's cell: mean and range of numbers, the text that all share, or how many there are. */
export function groupCell(runs: readonly Run[], column: ValueColumn): RunsTableCell {
  if (column.kind === "metrics") {
    const { count, mean, min, max } = extentOf(runs, column);
    return count === 0 ? null : { mean: orNull(mean), min: orNull(min), max: orNull(max), count };
  }
  const texts = new Set(runs.map((run) => valueIn(run, column)));
  const [only] = texts;
  if (texts.size === 1) return only === undefined ? null : String(only);
  return { different: texts.size };
}

export const columnFacts = (runs: readonly Run[], column: ValueColumn) => {
  const { count, min, max } = extentOf(runs, column);
  return { column: column.name, runs: count, min: orNull(min), max: orNull(max) };
};
