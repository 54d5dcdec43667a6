import type { Target } from "./target.ts";

/** 1 / (1 + e^-x), without overflow. */
export const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** Turns every row of `width` scores into probabilities, in place. */
export function softmaxRows(scores: Float64Array, width: number): Float64Array {
  for (let start = 0; start < scores.length; start += width) {
    let most = -Infinity;
    for (let k = start; k < start + width; k++) most = Math.max(most, scores[k] ?? 0);
    let sum = 0;
    for (let k = start; k < start + width; k++) sum += scores[k] = Math.exp((scores[k] ?? 0) - most);
    for (let k = start; k < start + width; k++) scores[k] = (scores[k] ?? 0) / sum;
  }
  return scores;
}

/** How many numbers a prediction has for a row: one value, or a probability for each class. */
export const predictionWidth = (target: Target) => (target.kind === "classes" ? target.labels.length : 1);

/** Raw scores as predictions: the standardised value, or a probability for each class. Row-major. */
export function predictionsOf(scores: Float64Array, width: number): Float64Array {
  if (width === 1) return scores;
  if (width > 2) return softmaxRows(Float64Array.from(scores), width);
  const probabilities = new Float64Array(scores.length * 2);
  scores.forEach((score, row) => {
    probabilities[2 * row] = sigmoid(-score);
    probabilities[2 * row + 1] = sigmoid(score);
  });
  return probabilities;
}
