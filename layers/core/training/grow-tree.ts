import type { Bins } from "./bins.ts";
import { bestSplit, histogramOf, type Layout, layoutOf, type Split, type Sums, type TreeLimits } from "./histogram.ts";
import type { Tree } from "./tree.ts";

/** A leaf that may still be split. */
interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly sums: Sums;
  readonly histogram: Float64Array;
  readonly split: Split | undefined;
}

interface Growth {
  readonly bins: Bins;
  /** First and second derivatives of the loss by the score, for every row. */
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
  /** Columns that this tree may use. */
  readonly columns: readonly number[];
  readonly limits: TreeLimits;
  readonly learningRate: number;
}

function sumsOf(rows: Int32Array, { gradients, curvatures }: Growth): Sums {
  let gradient = 0;
  let curvature = 0;
  for (let i = 0; i < rows.length; i++) {
    gradient += gradients[rows[i] ?? 0] ?? 0;
    curvature += curvatures[rows[i] ?? 0] ?? 0;
  }
  return { gradient, curvature, rows: rows.length };
}

function parted(rows: Int32Array, { column, bin, missingLeft }: Split, bins: Bins): readonly [Int32Array, Int32Array] {
  const binOf = bins.columns[column] ?? new Uint8Array();
  const missing = (bins.cuts[column]?.length ?? 0) + 1;
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let lefts = 0;
  let rights = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const of = binOf[row] ?? 0;
    if (of <= bin || (missingLeft && of === missing)) left[lefts++] = row;
    else right[rights++] = row;
  }
  return [left.subarray(0, lefts), right.subarray(0, rights)];
}

function leafOf(node: number, rows: Int32Array, histogram: Float64Array, growth: Growth, layout: Layout): Leaf {
  const sums = sumsOf(rows, growth);
  const splittable = rows.length >= 2 * growth.limits.minRowsInLeaf;
  return { node, rows, sums, histogram, split: splittable ? bestSplit(histogram, growth.bins, layout, sums, growth.limits) : undefined };
}

/** Both parts' histograms from one pass over the smaller part: the larger one's is what is left of the parent's. */
function childHistograms(parent: Float64Array, left: Int32Array, right: Int32Array, growth: Growth, layout: Layout) {
  const smaller = histogramOf(growth.bins, layout, left.length < right.length ? left : right, growth.gradients, growth.curvatures);
  for (let i = 0; i < parent.length; i++) parent[i] = (parent[i] ?? 0) - (smaller[i] ?? 0);
  return left.length < right.length ? ([smaller, parent] as const) : ([parent, smaller] as const);
}

/**
 * Grows a tree leaf by leaf, the largest gain first. `reached` is told of every leaf: its rows and what it adds to their scores,
 * the Newton step -G / (H + l2) times the learning rate, in 32 bits.
 */
export function growTree(rows: Int32Array, output: number, growth: Growth, reached: (rows: Int32Array, value: number) => void): Tree {
  const { bins, limits, learningRate } = growth;
  const layout = layoutOf(bins, growth.columns);
  const size = 2 * limits.maxLeaves - 1;
  const tree = {
    output,
    feature: new Int32Array(size).fill(-1),
    threshold: new Float32Array(size),
    missingLeft: new Uint8Array(size),
    left: new Int32Array(size),
    right: new Int32Array(size),
    value: new Float32Array(size),
  };
  let open = [leafOf(0, rows, histogramOf(bins, layout, rows, growth.gradients, growth.curvatures), growth, layout)];
  let nodes = 1;
  while (open.length < limits.maxLeaves) {
    const next = open.reduce((best, leaf) => ((leaf.split?.gain ?? 0) > (best.split?.gain ?? 0) ? leaf : best));
    const { split, node } = next;
    if (!split) break;
    const [left, right] = parted(next.rows, split, bins);
    const [leftHistogram, rightHistogram] = childHistograms(next.histogram, left, right, growth, layout);
    tree.feature[node] = split.column;
    tree.threshold[node] = bins.cuts[split.column]?.[split.bin] ?? 0;
    tree.missingLeft[node] = split.missingLeft ? 1 : 0;
    tree.left[node] = nodes;
    tree.right[node] = nodes + 1;
    open = open.filter((leaf) => leaf !== next);
    open.push(leafOf(nodes, left, leftHistogram, growth, layout), leafOf(nodes + 1, right, rightHistogram, growth, layout));
    nodes += 2;
  }
  for (const leaf of open) {
    const value = Math.fround((-learningRate * leaf.sums.gradient) / (leaf.sums.curvature + limits.l2 + 1e-12));
    tree.value[leaf.node] = value;
    reached(leaf.rows, value);
  }
  const used = <A extends { slice(from: number, to: number): A }>(array: A) => array.slice(0, nodes);
  return {
    output,
    feature: used(tree.feature),
    threshold: used(tree.threshold),
    missingLeft: used(tree.missingLeft),
    left: used(tree.left),
    right: used(tree.right),
    value: used(tree.value),
  };
}
