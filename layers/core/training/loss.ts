import { predictionsOf, predictionWidth } from "./link.ts";
import type { Target } from "./target.ts";

/** Mean squared error of standardised values, or mean log loss. */
export function predictionLoss(target: Target, predictions: Float64Array): number {
  if (target.kind === "values") return predictions.reduce((sum, value, row) => sum + (value - (target.values[row] ?? 0)) ** 2, 0) / predictions.length;
  const width = target.labels.length;
  let loss = 0;
  target.codes.forEach((code, row) => {
    // A class that the model does not know has code -1, and no probability.
    loss -= Math.log(Math.max(code < 0 ? 0 : (predictions[row * width + code] ?? 0), 1e-15));
  });
  return loss / target.codes.length;
}

/** The same of raw scores. */
export const lossOf = (target: Target, scores: Float64Array): number => predictionLoss(target, predictionsOf(scores, predictionWidth(target)));
