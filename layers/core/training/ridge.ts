import { fitScaling, type LinearModel, standardise } from "./linear-scores.ts";
import type { Matrix } from "./table.ts";

/** A symmetric matrix, row-major, with `extra` on its diagonal, as L L' (Cholesky); the lower triangle holds L. */
function cholesky(gram: Float64Array, size: number, extra: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = (gram[i * size + j] ?? 0) + (i === j ? extra : 0);
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (lower[j * size + j] ?? 1);
    }
  return lower;
}

/** x of L x = b, in place; `from` is the first index at which b is not 0. */
function forward(lower: Float64Array, b: Float64Array, size: number, from = 0): Float64Array {
  for (let i = from; i < size; i++) {
    let sum = b[i] ?? 0;
    for (let k = from; k < i; k++) sum -= (lower[i * size + k] ?? 0) * (b[k] ?? 0);
    b[i] = sum / (lower[i * size + i] ?? 1);
  }
  return b;
}

/** x of L' x = b, in place. */
function backward(lower: Float64Array, b: Float64Array, size: number): Float64Array {
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i] ?? 0;
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] ?? 0) * (b[k] ?? 0);
    b[i] = sum / (lower[i * size + i] ?? 1);
  }
  return b;
}

/** trace((L L')^-1): the squared entries of L^-1, one column at a time. */
function traceOfInverse(lower: Float64Array, size: number): number {
  let trace = 0;
  for (let j = 0; j < size; j++) {
    const column = new Float64Array(size);
    column[j] = 1;
    forward(lower, column, size, j);
    for (let i = j; i < size; i++) trace += (column[i] ?? 0) ** 2;
  }
  return trace;
}

/** Z'Z and Z'y, and the sum of squares of y. */
function moments(standard: Float64Array, y: Float64Array, size: number) {
  const gram = new Float64Array(size * size);
  const cross = new Float64Array(size);
  let squares = 0;
  for (let row = 0; row < y.length; row++) {
    const target = y[row] ?? 0;
    squares += target * target;
    for (let i = 0; i < size; i++) {
      const zi = standard[row * size + i] ?? 0;
      cross[i] = (cross[i] ?? 0) + zi * target;
      for (let j = 0; j <= i; j++) gram[i * size + j] = (gram[i * size + j] ?? 0) + zi * (standard[row * size + j] ?? 0);
    }
  }
  return { gram, cross, squares };
}

/** Penalties that are tried when none is given, a third of a decade apart. */
const penalties = Array.from({ length: 22 }, (_, step) => 10 ** (step / 3 - 3));

/**
 * Ridge regression: least (y - Zw)^2 + penalty |w|^2 on standardised columns. Without a penalty the one with the least generalised
 * cross-validation score RSS / (n - trace H)^2 is taken (Golub, Heath and Wahba 1979), which needs no refit.
 */
export function fitRidge(matrix: Matrix, values: Float64Array, penalty?: number): LinearModel {
  const size = matrix.columns.length;
  const rows = values.length;
  const scaling = fitScaling(matrix);
  const mean = values.reduce((sum, value) => sum + value, 0) / rows;
  const { gram, cross, squares } = moments(
    standardise(matrix, scaling),
    values.map((value) => value - mean),
    size,
  );
  let best: { readonly score: number; readonly weights: Float64Array } = { score: Infinity, weights: new Float64Array(size) };
  for (const strength of penalty === undefined ? penalties : [penalty]) {
    const lower = cholesky(gram, size, strength);
    const weights = backward(lower, forward(lower, cross.slice(), size), size);
    // RSS = y'y - w'(Z'y) - penalty w'w, since (Z'Z + penalty I) w = Z'y.
    const residual = squares - weights.reduce((sum, weight, j) => sum + weight * ((cross[j] ?? 0) + strength * weight), 0);
    const freedom = 1 + size - strength * traceOfInverse(lower, size);
    const score = Math.max(residual, 0) / Math.max(rows - freedom, 1e-9) ** 2;
    if (score < best.score) best = { score, weights };
  }
  return { kind: "linear", scaling, weights: Float32Array.from(best.weights), bias: Float32Array.of(mean) };
}
