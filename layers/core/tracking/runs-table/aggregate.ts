import { type DoubleReply, spellDouble } from "#contracts/mlflow/double.ts";
import type { RunsTableCell } from "#contracts/platform/runs-table.ts";
import type { Cell } from "../../search/match.ts";

/** A stored infinity is the largest double (`points.ts`); a table says what was logged. */
const spelled = (value: number): DoubleReply => spellDouble(Math.abs(value) === Number.MAX_VALUE ? value * 2 : value);

interface Extent {
  /** Cells that have a value. */
  readonly count: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
}

/** What the numbers among cells come to; not-a-number counts as a value and for nothing else. */
export function extentOf(cells: Iterable<Cell>): Extent {
  let [count, numbers, sum, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of cells) {
    if (value === undefined) continue;
    count += 1;
    if (typeof value !== "number" || Number.isNaN(value)) continue;
    numbers += 1;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return numbers === 0 ? { count, min: null, max: null, mean: null } : { count, min, max, mean: sum / numbers };
}

const orNull = (value: number | null) => (value === null ? null : spelled(value));

export function runCell(value: Cell): RunsTableCell {
  return value === undefined ? null : typeof value === "number" ? spelled(value) : String(value);
}

/** A group's cell: mean and range of numbers, the text that all share, or how many there are. */
export function groupCell(isMetric: boolean, cells: readonly Cell[]): RunsTableCell {
  if (isMetric) {
    const { count, mean, min, max } = extentOf(cells);
    return count === 0 ? null : { mean: orNull(mean), min: orNull(min), max: orNull(max), count };
  }
  const texts = new Set(cells);
  const [only] = texts;
  return texts.size === 1 ? runCell(only) : { different: texts.size };
}

export const columnFacts = (column: string, cells: Iterable<Cell>) => {
  const { count, min, max } = extentOf(cells);
  return { column, runs: count, min: orNull(min), max: orNull(max) };
};
