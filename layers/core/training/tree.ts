import type { Matrix } from "./table.ts";

/**
 * A binary tree as parallel arrays, root first. A row goes left where its value is at most the threshold, or is missing and
 * `missingLeft` is 1. `feature` is -1 at a leaf, and `value` is what a leaf adds to the score.
 */
export interface Tree {
  /** Which score it adds to. */
  readonly output: number;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float32Array;
}

/** Adds what the tree says of every row to its score; `width` scores a row. */
export function addTree(scores: Float64Array, width: number, tree: Tree, { rows, columns }: Matrix): void {
  const { feature, threshold, missingLeft, left, right, value, output } = tree;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    for (let column = feature[0] ?? -1; column >= 0; column = feature[node] ?? -1) {
      const x = columns[column]?.[row] ?? Number.NaN;
      const goesLeft = Number.isNaN(x) ? missingLeft[node] === 1 : x <= (threshold[node] ?? 0);
      node = (goesLeft ? left[node] : right[node]) ?? 0;
    }
    scores[row * width + output] = (scores[row * width + output] ?? 0) + (value[node] ?? 0);
  }
}

/** Trees that add to base scores; both for standardised targets or log odds. */
export interface BoostedModel {
  readonly kind: "boosting";
  readonly base: Float32Array;
  readonly trees: readonly Tree[];
}

/** Raw scores, row-major [rows, scores]. */
export function boostedScores({ base, trees }: BoostedModel, matrix: Matrix): Float64Array {
  const scores = new Float64Array(matrix.rows * base.length);
  for (let entry = 0; entry < scores.length; entry++) scores[entry] = base[entry % base.length] ?? 0;
  for (const tree of trees) addTree(scores, base.length, tree, matrix);
  return scores;
}
