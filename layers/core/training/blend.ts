import { predictionLoss } from "./loss.ts";
import type { Target } from "./target.ts";

const picks = 20;
/** A blend that is not at least this much better than its best member is not worth its cost in serving. */
const worthwhile = 0.005;

const mixed = (sum: Float64Array, next: Float64Array, count: number) => sum.map((value, i) => (value + (next[i] ?? 0)) / count);

/**
 * Weights that add up to 1 for the mean of the members' predictions: greedy selection with replacement (Caruana et al. 2004) on predictions
 * of unseen rows. One member alone gets 1 where mixing gains less than half a percent.
 */
export function blendWeights(target: Target, members: readonly { readonly predictions: Float64Array; readonly loss: number }[]): readonly number[] {
  const single = members.reduce((best, member, index) => (member.loss < (members[best]?.loss ?? Infinity) ? index : best), 0);
  const alone: readonly number[] = members.map((_, index) => (index === single ? 1 : 0));
  const counts = members.map(() => 0);
  let sum = new Float64Array(members[0]?.predictions.length ?? 0);
  let best: { readonly loss: number; readonly weights: readonly number[] } = { loss: Infinity, weights: alone };
  for (let pick = 1; pick <= picks && members.length > 1; pick++) {
    const losses = members.map(({ predictions }) => predictionLoss(target, mixed(sum, predictions, pick)));
    const chosen = losses.indexOf(Math.min(...losses));
    counts[chosen] = (counts[chosen] ?? 0) + 1;
    const predictions = members[chosen]?.predictions;
    sum = sum.map((value, i) => value + (predictions?.[i] ?? 0));
    if ((losses[chosen] ?? Infinity) < best.loss) best = { loss: losses[chosen] ?? Infinity, weights: counts.map((count) => count / pick) };
  }
  return best.loss < (members[single]?.loss ?? 0) * (1 - worthwhile) ? best.weights : alone;
}
