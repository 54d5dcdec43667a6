import type * as z from "zod";
import type { compareModelsInput, compareModelsOutput, Evaluation, primaryMetrics } from "#contracts/platform/training.ts";
import { invalid } from "../errors.ts";
import { randomFrom } from "./random.ts";

type Metric = (typeof primaryMetrics)[number];

/** Which way is better, and of which column of the judged rows the metric is a rising function of the mean. */
const metrics: Readonly<Record<Metric, { readonly sign: 1 | -1; readonly column?: "loss" | "error" }>> = {
  accuracy: { sign: 1, column: "error" },
  auc: { sign: 1 },
  f1: { sign: 1 },
  logLoss: { sign: -1, column: "loss" },
  r2: { sign: 1, column: "loss" },
  rmse: { sign: -1, column: "loss" },
  mae: { sign: -1, column: "error" },
};

export interface ComparisonContext {
  /** A column of judged rows, in the order of the test file. */
  judged(predictionsUri: string, column: "loss" | "error"): Promise<Float64Array>;
}

const resamples = 1000;

/** The share of resamples of the rows, with replacement, in which the candidate loses less (the paired bootstrap); ties count half. */
function likelihoodOfLess(candidate: Float64Array, champion: Float64Array): number {
  const random = randomFrom(1);
  const gains = candidate.map((loss, row) => (champion[row] ?? 0) - loss);
  let won = 0;
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < gains.length; draw++) sum += gains[Math.floor(random() * gains.length)] ?? 0;
    won += sum > 0 ? 1 : sum === 0 ? 0.5 : 0;
  }
  return won / resamples;
}

function metricOf({ metrics: found, digest }: Evaluation, metric: Metric): number {
  const value = found[metric];
  if (value === undefined) throw invalid(`metrics of model ${digest.slice(0, 12)} must have ${metric}, got ${Object.keys(found).join(", ")}`);
  return value;
}

const shown = (value: number) => String(Number(value.toPrecision(6)));

/** Whether a candidate should take the champion's place, judged on the same test rows. @throws DomainError when the tests differ or lack the metric */
export async function compareModels(ctx: ComparisonContext, input: z.output<typeof compareModelsInput>): Promise<z.output<typeof compareModelsOutput>> {
  const { candidate, champion, primaryMetric: metric, minimumImprovement, minimumLikelihood } = input;
  const reached = metricOf(candidate, metric);
  if (!champion) return { better: true, reason: `there is no champion; ${metric} is ${shown(reached)}`, difference: null, likelihood: null };
  if (champion.testHash !== candidate.testHash)
    throw invalid(`testHash must be the same for candidate and champion, got ${candidate.testHash.slice(0, 12)} and ${champion.testHash.slice(0, 12)}`);
  const { sign, column } = metrics[metric];
  const held = metricOf(champion, metric);
  const difference = sign * (reached - held);
  const likelihood = column ? likelihoodOfLess(await ctx.judged(candidate.predictionsUri, column), await ctx.judged(champion.predictionsUri, column)) : null;
  const both = `${metric} is ${shown(reached)}, the champion's ${shown(held)}`;
  if (difference <= minimumImprovement)
    return { better: false, reason: `${both}; it must be better by more than ${minimumImprovement}`, difference, likelihood };
  if (likelihood !== null && likelihood < minimumLikelihood)
    return {
      better: false,
      reason: `${both}; better in ${shown(likelihood)} of resamples, which must be at least ${minimumLikelihood}`,
      difference,
      likelihood,
    };
  return { better: true, reason: both, difference, likelihood };
}
