import { drawn, randomFrom } from "./random.ts";
import { askTree, growTree, type Sample } from "./tree.ts";

export interface Importance {
  /** Of the metric's variance, the part that the forest foretells for rows that a tree has not seen; below 0 where it foretells nothing. */
  readonly explained: number;
  /** For each column, how much of what shuffling them costs is its own: none below 0, 1 together, or all 0. */
  readonly shares: readonly number[];
}
export const leastRows = 10;
const [manyTrees, fewTrees, largeSample, seed] = [100, 30, 20_000, 1] as const;

/** Values in units of their standard deviation, from their mean; undefined where they do not vary, or vary too far to say. */
function standardized(values: readonly number[]): readonly number[] | undefined {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
  const varies = values.some((value) => value !== values[0]);
  return varies && deviation > 0 && Number.isFinite(deviation) ? values.map((value) => (value - mean) / deviation) : undefined;
}

/**
 * How much columns have to do with a target: the permutation importance (Breiman 2001, section 10, doi:10.1023/A:1010933404324) of trees
 * grown from samples with repetition, each of whose splits tries every column: params are few, and one that is not tried lends its effect to others.
 * A column's values are shuffled among the rows that a tree has not seen, and the error that this adds counts; so joint effects count, and a
 * column of many values gains nothing by that. The same sample gives the same numbers. Undefined for fewer than ten rows, and where the target does not vary.
 */
export function importanceOf({ columns, target: given }: Sample): Importance | undefined {
  const rows = [...given.keys()];
  const target = standardized(given);
  if (rows.length < leastRows || columns.length === 0 || target === undefined) return undefined;
  const random = randomFrom(seed);
  const trees = rows.length * columns.length > largeSample ? fewTrees : manyTrees;
  const added = columns.map(() => 0);
  const [told, times] = [rows.map(() => 0), rows.map(() => 0)];
  for (let count = 0; count < trees; count += 1) {
    const taken = rows.map(() => Math.floor(random() * rows.length));
    const seen = new Set(taken);
    const unseen = rows.filter((row) => !seen.has(row));
    const tree = growTree({ columns, target }, taken);
    const error = (row: number, valueAt: (column: number) => number) => ((target[row] ?? 0) - askTree(tree, valueAt)) ** 2;
    const plain = (row: number) => (column: number) => columns[column]?.[row] ?? 0;
    for (const row of unseen) {
      told[row] = (told[row] ?? 0) + askTree(tree, plain(row));
      times[row] = (times[row] ?? 0) + 1;
    }
    for (const column of columns.keys()) {
      const shuffled = drawn(unseen, unseen.length, random);
      for (const [index, row] of unseen.entries()) {
        const other = shuffled[index] ?? row;
        const cost = error(row, (one) => plain(one === column ? other : row)(one)) - error(row, plain(row));
        added[column] = (added[column] ?? 0) + cost / unseen.length;
      }
    }
  }
  const known = rows.filter((row) => (times[row] ?? 0) > 0);
  const left = known.reduce((sum, row) => sum + ((target[row] ?? 0) - (told[row] ?? 0) / (times[row] ?? 1)) ** 2, 0) / known.length;
  const costs = added.map((cost) => Math.max(0, cost));
  const all = costs.reduce((sum, cost) => sum + cost, 0);
  return { explained: 1 - left, shares: costs.map((cost) => (all > 0 ? cost / all : 0)) };
}
