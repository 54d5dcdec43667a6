import { predictionLoss } from "./loss.ts";
import type { Target } from "./target.ts";

export type Metrics = Readonly<Record<string, number>>;

/** Area under the ROC curve: the share of pairs in which the positive row scores higher, ties counting half (Mann and Whitney). NaN without both kinds of row. */
function rocArea(scores: Float64Array, positive: (row: number) => boolean): number {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let rankSum = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to++;
    for (const row of order.slice(from, to)) {
      if (!positive(row)) continue;
      rankSum += (from + to + 1) / 2;
      positives++;
    }
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

/** The class with the largest probability in each row, the first of equals. */
export function likeliest(probabilities: Float64Array, width: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / width }, (_, row) => {
    let best = 0;
    for (let k = 1; k < width; k++) if ((probabilities[row * width + k] ?? 0) > (probabilities[row * width + best] ?? 0)) best = k;
    return best;
  });
}

function f1Of(codes: Int32Array, guesses: Int32Array, label: number): number {
  const both = codes.reduce((sum, code, row) => sum + (code === label && guesses[row] === label ? 1 : 0), 0);
  const either = codes.reduce((sum, code, row) => sum + (code === label ? 1 : 0) + (guesses[row] === label ? 1 : 0), 0);
  return either === 0 ? 0 : (2 * both) / either;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function classMetrics(target: Target & { kind: "classes" }, probabilities: Float64Array): Metrics {
  const { codes, labels } = target;
  const width = labels.length;
  const guesses = likeliest(probabilities, width);
  const judged = width === 2 ? [1] : labels.map((_, label) => label);
  const areas = judged.map((label) =>
    rocArea(
      Float64Array.from(codes, (_code, row) => probabilities[row * width + label] ?? 0),
      (row) => codes[row] === label,
    ),
  );
  const known = areas.filter((area) => !Number.isNaN(area));
  return {
    accuracy: codes.reduce((sum, code, row) => sum + (code === guesses[row] ? 1 : 0), 0) / codes.length,
    // Classes of which the rows hold none, or nothing else, have no area.
    ...(known.length > 0 && { auc: mean(known) }),
    f1: mean(judged.map((label) => f1Of(codes, guesses, label))),
    logLoss: predictionLoss(target, probabilities),
  };
}

function valueMetrics(target: Target & { kind: "values" }, predictions: Float64Array): Metrics {
  const { values, scale } = target;
  const errors = values.map((value, row) => (value - (predictions[row] ?? 0)) * scale);
  const centre = mean([...values]);
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  const spread = values.reduce((sum, value) => sum + ((value - centre) * scale) ** 2, 0);
  return {
    ...(spread > 0 && { r2: 1 - squares / spread }),
    rmse: Math.sqrt(squares / values.length),
    mae: errors.reduce((sum, error) => sum + Math.abs(error), 0) / values.length,
  };
}

/**
 * How good predictions are. Classes: `accuracy`, `auc` and `f1` (of the positive class of two; else the mean over classes, one against the
 * rest), `logLoss`. Values, in the target's own unit: `r2`, `rmse`, `mae`. What the rows do not allow to be computed is left out.
 */
export const metricsOf = (target: Target, predictions: Float64Array): Metrics =>
  target.kind === "classes" ? classMetrics(target, predictions) : valueMetrics(target, predictions);
