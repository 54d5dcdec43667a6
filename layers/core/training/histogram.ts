import type { Bins } from "./bins.ts";

/** What a tree may do. */
export interface TreeLimits {
  readonly maxLeaves: number;
  readonly minRowsInLeaf: number;
  /** L2 penalty on leaf values, in units of summed second derivatives. */
  readonly l2: number;
}

/** Where a histogram's columns begin: three numbers a bin (sum of gradients, of second derivatives, rows). */
export interface Layout {
  readonly columns: readonly number[];
  readonly offsets: readonly number[];
  readonly length: number;
}

export function layoutOf({ cuts }: Bins, columns: readonly number[]): Layout {
  const offsets: number[] = [];
  let length = 0;
  for (const column of columns) {
    offsets.push(length);
    length += 3 * ((cuts[column]?.length ?? 0) + 2);
  }
  return { columns, offsets, length };
}

export function histogramOf(bins: Bins, layout: Layout, rows: Int32Array, gradients: Float64Array, curvatures: Float64Array): Float64Array {
  const sums = new Float64Array(layout.length);
  layout.columns.forEach((column, position) => {
    const binsOfColumn = bins.columns[column] ?? new Uint8Array();
    const offset = layout.offsets[position] ?? 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const entry = offset + 3 * (binsOfColumn[row] ?? 0);
      sums[entry] = (sums[entry] ?? 0) + (gradients[row] ?? 0);
      sums[entry + 1] = (sums[entry + 1] ?? 0) + (curvatures[row] ?? 0);
      sums[entry + 2] = (sums[entry + 2] ?? 0) + 1;
    }
  });
  return sums;
}

export interface Sums {
  readonly gradient: number;
  readonly curvature: number;
  readonly rows: number;
}
export interface Split {
  readonly gain: number;
  readonly column: number;
  /** The last bin that goes left. */
  readonly bin: number;
  readonly missingLeft: boolean;
}

const minCurvature = 1e-3;
const noSplit: Split = { gain: 1e-10, column: -1, bin: 0, missingLeft: false };

/**
 * The split with the largest gain GL^2/(HL+l2) + GR^2/(HR+l2) - G^2/(H+l2) (Chen and Guestrin 2016, equation 7); missing values go to
 * the side where they gain more, and where a node has none, to the side with more rows. @returns undefined when no split is allowed or gains
 */
export function bestSplit(sums: Float64Array, bins: Bins, layout: Layout, node: Sums, { minRowsInLeaf, l2 }: TreeLimits): Split | undefined {
  let best = noSplit;
  const whole = node.gradient ** 2 / (node.curvature + l2 + 1e-12);
  for (let position = 0; position < layout.columns.length; position++) {
    const column = layout.columns[position] ?? 0;
    const offset = layout.offsets[position] ?? 0;
    const cuts = bins.cuts[column]?.length ?? 0;
    const missing = offset + 3 * (cuts + 1);
    const missingRows = sums[missing + 2] ?? 0;
    for (let side = 0; side < (missingRows > 0 ? 2 : 1); side++) {
      let gradient = side === 1 ? (sums[missing] ?? 0) : 0;
      let curvature = side === 1 ? (sums[missing + 1] ?? 0) : 0;
      let rows = side === 1 ? missingRows : 0;
      for (let bin = 0; bin < cuts; bin++) {
        const entry = offset + 3 * bin;
        gradient += sums[entry] ?? 0;
        curvature += sums[entry + 1] ?? 0;
        rows += sums[entry + 2] ?? 0;
        if (rows < minRowsInLeaf || curvature < minCurvature) continue;
        if (node.rows - rows < minRowsInLeaf || node.curvature - curvature < minCurvature) break;
        const gain = gradient ** 2 / (curvature + l2) + (node.gradient - gradient) ** 2 / (node.curvature - curvature + l2) - whole;
        if (gain > best.gain) best = { gain, column, bin, missingLeft: missingRows > 0 ? side === 1 : rows * 2 > node.rows };
      }
    }
  }
  return best === noSplit ? undefined : best;
}
