import { minimise, type Objective } from "./lbfgs.ts";
import { fitScaling, type LinearModel, standardise } from "./linear-scores.ts";
import { sigmoid, softmaxRows } from "./link.ts";
import type { Matrix } from "./table.ts";

/** Raw scores of weights [columns, scores] followed by the biases. */
function scoresAt(point: Float64Array, standard: Float64Array, width: number, outputs: number): Float64Array {
  const rows = standard.length / width;
  const scores = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < outputs; k++) {
      let sum = point[width * outputs + k] ?? 0;
      for (let j = 0; j < width; j++) sum += (standard[row * width + j] ?? 0) * (point[j * outputs + k] ?? 0);
      scores[row * outputs + k] = sum;
    }
  return scores;
}

/** Turns scores into (probability - truth) in place. @returns the summed log loss */
function residuals(scores: Float64Array, codes: Int32Array, outputs: number): number {
  let loss = 0;
  if (outputs > 1) softmaxRows(scores, outputs);
  codes.forEach((code, row) => {
    const entry = outputs === 1 ? row : row * outputs + code;
    const score = scores[entry] ?? 0;
    if (outputs > 1) {
      loss -= Math.log(Math.max(score, 1e-300));
      scores[entry] = score - 1;
      return;
    }
    const signed = code === 1 ? score : -score;
    // log(1 + e^-s) without overflow.
    loss += Math.max(-signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
    scores[entry] = sigmoid(score) - code;
  });
  return loss;
}

const objectiveOf =
  (standard: Float64Array, codes: Int32Array, width: number, outputs: number, penalty: number): Objective =>
  (point, gradient) => {
    const rows = codes.length;
    const errors = scoresAt(point, standard, width, outputs);
    let value = residuals(errors, codes, outputs) / rows;
    gradient.fill(0);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < outputs; k++) {
        const error = (errors[row * outputs + k] ?? 0) / rows;
        for (let j = 0; j < width; j++) gradient[j * outputs + k] = (gradient[j * outputs + k] ?? 0) + error * (standard[row * width + j] ?? 0);
        gradient[width * outputs + k] = (gradient[width * outputs + k] ?? 0) + error;
      }
    for (let i = 0; i < width * outputs; i++) {
      const weight = point[i] ?? 0;
      value += (penalty / (2 * rows)) * weight * weight;
      gradient[i] = (gradient[i] ?? 0) + (penalty / rows) * weight;
    }
    return value;
  };

/** Logistic regression, softmax for more than two classes: least log loss + penalty/2 |w|^2 on standardised columns; biases are not penalised. */
export function fitLogistic(matrix: Matrix, codes: Int32Array, outputs: number, penalty: number): LinearModel {
  const width = matrix.columns.length;
  const scaling = fitScaling(matrix);
  const objective = objectiveOf(standardise(matrix, scaling), codes, width, outputs, penalty);
  const point = minimise(objective, new Float64Array((width + 1) * outputs));
  return { kind: "linear", scaling, weights: Float32Array.from(point.subarray(0, width * outputs)), bias: Float32Array.from(point.subarray(width * outputs)) };
}
