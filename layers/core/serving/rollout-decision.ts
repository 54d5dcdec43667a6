import type { Rollout, RolloutArm, RolloutDecision, RolloutPlan } from "#contracts/platform/rollout.ts";
import { carefulZ, evidenceOfExcess, quantileRanks, type Stratum, wilsonLower } from "./evidence.ts";
import { bucketAtRank, bucketBound, quantile, totalOf } from "./latency-histogram.ts";
import { type MinuteCounts, noCounts, totalOfVariant, type VariantCounts } from "./statistics.ts";

/** Seconds between two looks. */
export const lookSeconds = ({ evaluateEverySeconds, bakeSeconds }: RolloutPlan): number =>
  Math.min(evaluateEverySeconds ?? Math.min(60, Math.max(1, Math.round(bakeSeconds / 10))), bakeSeconds);

/** Seconds after which an undecided rollout is rolled back. */
export const deadlineSeconds = ({ deadlineSeconds: given, steps, bakeSeconds }: RolloutPlan): number =>
  given ?? Math.max(3_600, 4 * steps.length * bakeSeconds);

/** Longest time that a rollout may be paused, all its pauses together: two versions are not to share the traffic for good. */
export const mostPausedMilliseconds = 86_400_000;

const failuresOf = ({ errors, refusals }: VariantCounts) => errors + refusals;

const armOf = (counts: VariantCounts): RolloutArm => {
  const { latency, ...plain } = counts;
  const p95 = quantile(latency, 0.95);
  return { ...plain, ...(p95 !== undefined && { p95Milliseconds: p95 }) };
};

interface Sides {
  readonly canary: VariantCounts;
  readonly baseline: VariantCounts;
  readonly minutes: readonly (readonly [canary: VariantCounts, baseline: VariantCounts])[];
}

const strata = ({ minutes }: Sides, trials: (counts: VariantCounts) => number, events: (counts: VariantCounts) => number): Stratum[] =>
  minutes.map(([canary, baseline]) => ({
    canaryTrials: trials(canary),
    canaryEvents: events(canary),
    baselineTrials: trials(baseline),
    baselineEvents: events(baseline),
  }));

/** By how many times the canary's 95th percentile is surely above the baseline's; 0 where too few requests say nothing. */
function latencyExcess({ canary, baseline }: Sides, z: number): number {
  const [low] = quantileRanks(totalOf(canary.latency), 0.95, z);
  const [, high] = quantileRanks(totalOf(baseline.latency), 0.95, z);
  const slow = low >= 1 ? bucketAtRank(canary.latency, low) : undefined;
  const fast = bucketAtRank(baseline.latency, high);
  // The canary's bucket by its lower end, the baseline's by its upper end.
  return slow === undefined || fast === undefined ? 0 : bucketBound(slow - 1) / bucketBound(fast);
}

/** Every guardrail's test value, and the reason of the first that is broken. */
function guard(rollout: Rollout, sides: Sides): { readonly evidence: Record<string, number>; readonly broken: string | undefined } {
  const { plan } = rollout;
  const { failureRatio, nullRatio, latencyRatio, maximumFailureRate, falseAlarmRate } = plan.guardrails;
  const rules = maximumFailureRate === undefined ? 3 : 4;
  // The chance of a false alarm is shared out: over the rules, and for tests of a fixed size over the looks too.
  const perRule = falseAlarmRate / rules;
  const looks = Math.ceil((plan.steps.length * plan.bakeSeconds) / lookSeconds(plan));
  const z = carefulZ(perRule / looks / 2);
  const failures = evidenceOfExcess(
    strata(sides, ({ requests }) => requests, failuresOf),
    failureRatio,
  );
  const nulls = evidenceOfExcess(
    strata(
      sides,
      ({ rows }) => rows,
      ({ nullRows }) => nullRows,
    ),
    nullRatio,
  );
  const latency = latencyExcess(sides, z);
  const least = wilsonLower(failuresOf(sides.canary), sides.canary.requests, z);
  const evidence = { failures, nulls, latency, leastFailureRate: least };
  const { canary, baseline } = sides;
  const rates = (a: number, b: number, c: number, d: number) => `${a} of ${b}, the baseline ${c} of ${d}`;
  if (failures >= 1 / perRule)
    return {
      evidence,
      broken: `failures: the canary failed or refused ${rates(failuresOf(canary), canary.requests, failuresOf(baseline), baseline.requests)}`,
    };
  if (nulls >= 1 / perRule)
    return { evidence, broken: `null outputs: the canary gave ${rates(canary.nullRows, canary.rows, baseline.nullRows, baseline.rows)}` };
  if (latency > latencyRatio)
    return { evidence, broken: `latency: the canary's 95th percentile is more than ${latency.toFixed(2)} times the baseline's, allowed is ${latencyRatio}` };
  if (maximumFailureRate !== undefined && least > maximumFailureRate)
    return { evidence, broken: `failures: the canary fails more than ${least.toFixed(3)} of its requests, allowed is ${maximumFailureRate}` };
  return { evidence, broken: undefined };
}

/**
 * What to do with a rollout now: go on, take the next step, promote or roll back; with the figures that say why.
 * @param minutes the endpoint's traffic since the rollout began
 * @param now milliseconds since the epoch
 */
export function decideRollout(rollout: Rollout, minutes: readonly MinuteCounts[], now: number): RolloutDecision {
  const { plan, step } = rollout;
  const sides: Sides = {
    canary: totalOfVariant(minutes, rollout.canary),
    baseline: totalOfVariant(minutes, rollout.baseline),
    minutes: minutes.map(({ variants }) => [variants.get(rollout.canary) ?? noCounts, variants.get(rollout.baseline) ?? noCounts]),
  };
  const { evidence, broken } = guard(rollout, sides);
  const decided = (decision: RolloutDecision["decision"], reason: string): RolloutDecision => ({
    at: now,
    step,
    decision,
    reason,
    canary: armOf(sides.canary),
    baseline: armOf(sides.baseline),
    evidence,
  });
  if (broken !== undefined) return decided("rollBack", broken);
  const { paused, pausedMilliseconds } = rollout;
  if (paused && now - paused.at + pausedMilliseconds >= mostPausedMilliseconds) return decided("rollBack", "paused for a day in all");
  if (paused) return decided("continue", paused.reason === "" ? `paused by ${paused.by}` : `paused by ${paused.by}: ${paused.reason}`);
  const answered = totalOf(sides.canary.latency);
  // Evidence has to grow with the traffic that is put at risk: each step needs its share of the minimum.
  const needed = Math.ceil((plan.guardrails.minimumRequests * (step + 1)) / plan.steps.length);
  const baked = now - rollout.stepStartedAt >= plan.bakeSeconds * 1_000;
  if (baked && answered >= needed) {
    if (step + 1 >= plan.steps.length) return decided("promote", `all guardrails held over ${answered} answers of the canary`);
    return decided("advance", `guardrails held over ${answered} answers of the canary`);
  }
  if (now - rollout.startedAt - pausedMilliseconds >= deadlineSeconds(plan) * 1_000)
    return decided("rollBack", `undecided at the deadline: the canary answered ${answered} requests, step ${step + 1} needs ${needed}`);
  return decided("continue", baked ? `the canary answered ${answered} requests, step ${step + 1} needs ${needed}` : `step ${step + 1} is baking`);
}
