import type { Matrix } from "./table.ts";

/** Columns to zero mean and unit variance; a missing number takes the mean. A constant column has scale 0 and so no effect. */
interface Scaling {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

/** Weights are row-major [columns, scores], for standardised columns. */
export interface LinearModel {
  readonly kind: "linear";
  readonly scaling: Scaling;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export function fitScaling({ columns }: Matrix): Scaling {
  const mean = new Float32Array(columns.length);
  const scale = new Float32Array(columns.length);
  columns.forEach((values, j) => {
    const known = values.filter((value) => !Number.isNaN(value));
    const centre = Math.fround(known.reduce((sum, value) => sum + value, 0) / (known.length || 1));
    const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (known.length || 1));
    mean[j] = centre;
    scale[j] = spread > Math.abs(centre) * 1e-7 ? 1 / spread : 0;
  });
  return { mean, scale };
}

/** Standardised columns, row-major. */
export function standardise({ rows, columns }: Matrix, { mean, scale }: Scaling): Float64Array {
  const width = columns.length;
  const standard = new Float64Array(rows * width);
  columns.forEach((values, j) => {
    const centre = mean[j] ?? 0;
    const factor = scale[j] ?? 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row] ?? 0;
      standard[row * width + j] = Number.isNaN(value) ? 0 : (value - centre) * factor;
    }
  });
  return standard;
}

/** Raw scores, row-major [rows, scores]. */
export function linearScores({ scaling, weights, bias }: LinearModel, matrix: Matrix): Float64Array {
  const standard = standardise(matrix, scaling);
  const width = matrix.columns.length;
  const outputs = bias.length;
  const scores = new Float64Array(matrix.rows * outputs);
  for (let row = 0; row < matrix.rows; row++)
    for (let k = 0; k < outputs; k++) {
      let sum = bias[k] ?? 0;
      for (let j = 0; j < width; j++) sum += (standard[row * width + j] ?? 0) * (weights[j * outputs + k] ?? 0);
      scores[row * outputs + k] = sum;
    }
  return scores;
}
