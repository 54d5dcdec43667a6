import { number, percent } from "../parts/format.ts";
import type { DecisionReply, PlanReply } from "./wire.ts";

/** One guardrail at one look: what was measured, and from where on it would have rolled back. */
export interface GuardrailReading {
  readonly name: string;
  readonly text: string;
  readonly isBroken: boolean;
}

/**
 * What each guardrail said at a look. The chance of a false alarm is shared out evenly over the guardrails, so an e-value is proof from their
 * number divided by that chance on.
 */
export function guardrailReadings({ evidence }: DecisionReply, { guardrails }: PlanReply): GuardrailReading[] {
  const { failureRatio, nullRatio, latencyRatio, maximumFailureRate, falseAlarmRate } = guardrails;
  const proof = (maximumFailureRate === undefined ? 3 : 4) / falseAlarmRate;
  const excess = (value: number, ratio: number) =>
    `evidence ${number(value)} that it is worse than ${number(ratio)} times the baseline; proof from ${number(proof)} on`;
  const { failures, nulls, latency, leastFailureRate } = evidence;
  return [
    ...(failures === undefined ? [] : [{ name: "Failures", text: excess(failures, failureRatio), isBroken: failures >= proof }]),
    ...(nulls === undefined ? [] : [{ name: "Null outputs", text: excess(nulls, nullRatio), isBroken: nulls >= proof }]),
    ...(latency === undefined
      ? []
      : [
          {
            name: "Latency",
            text:
              latency === 0
                ? "too few answers to say anything"
                : `the 95th percentile is surely at least ${number(latency)} times the baseline's; allowed is ${number(latencyRatio)}`,
            isBroken: latency > latencyRatio,
          },
        ]),
    ...(leastFailureRate === undefined || maximumFailureRate === undefined
      ? []
      : [
          {
            name: "Failure rate",
            text: `surely at least ${percent(leastFailureRate)}; allowed is ${percent(maximumFailureRate)}`,
            isBroken: leastFailureRate > maximumFailureRate,
          },
        ]),
  ];
}

/** What a look led to, as one would tell a colleague. */
export function decisionWords({ decision, step }: DecisionReply, { steps }: PlanReply): string {
  const next = steps[step + 1];
  return {
    continue: `Stayed at ${percent(steps[step] ?? 0)}`,
    advance: `Went on from ${percent(steps[step] ?? 0)}${next === undefined ? "" : ` to ${percent(next)}`}`,
    promote: `Promoted from ${percent(steps[step] ?? 0)} to all traffic`,
    rollBack: `Rolled back from ${percent(steps[step] ?? 0)}`,
  }[decision];
}
