/** A tree of decisions that ends in numbers. */
export type Tree = { readonly value: number } | { readonly column: number; readonly below: number; readonly left: Tree; readonly right: Tree };

/** Values column by column, and what they lead to; that of a tree has a variance of 1. */
export interface Sample {
  readonly columns: readonly (readonly number[])[];
  readonly target: readonly number[];
}
/** What a split has to gain, in variances of the target: less is rounding. */
const leastGain = 1e-9;
/** Smaller nodes are not split (Breiman 2001 takes five for regression). */
const leastNode = 5;

interface Split {
  readonly column: number;
  readonly below: number;
  readonly gain: number;
}

/** The place in a column that leaves the least variance on its two sides. */
function bestIn({ columns, target }: Sample, rows: readonly number[], column: number, mean: number): Split | undefined {
  const values = columns[column] ?? [];
  const order = rows.toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  let [sum, best]: [number, Split | undefined] = [0, undefined];
  for (let at = 1; at < order.length; at += 1) {
    sum += (target[order[at - 1] ?? 0] ?? 0) - mean;
    const [before = 0, here = 0] = [values[order[at - 1] ?? 0], values[order[at] ?? 0]];
    if (before === here) continue;
    const gain = (sum * sum) / at + (sum * sum) / (order.length - at);
    if (gain > (best?.gain ?? leastGain)) best = { column, below: before + (here - before) / 2, gain };
  }
  return best;
}

/** Grows a regression tree whose every split is the best of all columns (Breiman et al. 1984). */
export function growTree(sample: Sample, rows: readonly number[]): Tree {
  const mean = rows.reduce((sum, row) => sum + (sample.target[row] ?? 0), 0) / rows.length;
  if (rows.length < leastNode) return { value: mean };
  const splits = [...sample.columns.keys()].flatMap((column) => bestIn(sample, rows, column, mean) ?? []);
  const [first, ...others] = splits;
  if (!first) return { value: mean };
  const { column, below } = others.reduce((best, split) => (split.gain > best.gain ? split : best), first);
  const isLeft = (row: number) => (sample.columns[column]?.[row] ?? 0) <= below;
  const [left, right] = [rows.filter(isLeft), rows.filter((row) => !isLeft(row))];
  if (left.length === 0 || right.length === 0) return { value: mean };
  return { column, below, left: growTree(sample, left), right: growTree(sample, right) };
}

/** What a tree says of a row. @param valueAt the row's value in a column */
export function askTree(tree: Tree, valueAt: (column: number) => number): number {
  let node = tree;
  while (!("value" in node)) node = valueAt(node.column) <= node.below ? node.left : node.right;
  return node.value;
}
