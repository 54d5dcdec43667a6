import { describe, expect, it } from "vitest";
import type { RolloutDecision } from "#contracts/platform/rollout.ts";
import { RolloutPlan } from "#contracts/platform/rollout.ts";
import { decisionWords, guardrailReadings } from "../../../web/src/endpoints/guardrail-words.ts";
import { measures, trafficSeries } from "../../../web/src/endpoints/traffic-series.ts";
import { stepsOfWeights } from "../../../web/src/endpoints/weight-steps.ts";

const arm = { requests: 100, errors: 0, refusals: 0, rows: 100, nullRows: 0 };
const plan = RolloutPlan.parse({ steps: [0.05, 0.25], guardrails: { falseAlarmRate: 0.01 } });
const decision = (change: Partial<RolloutDecision>): RolloutDecision => ({
  at: 1,
  step: 0,
  decision: "advance",
  reason: "",
  canary: arm,
  baseline: arm,
  evidence: { failures: 0.5, nulls: 300, latency: 0, leastFailureRate: 0 },
  ...change,
});

describe("a decision in words", () => {
  it("names the shares that it led from and to", () => {
    expect(decisionWords(decision({}), plan)).toBe("Went on from 5 % to 25 %");
    expect(decisionWords(decision({ step: 1, decision: "promote" }), plan)).toBe("Promoted from 25 % to all traffic");
    expect(decisionWords(decision({ decision: "rollBack" }), plan)).toBe("Rolled back from 5 %");
  });

  it("says of each guardrail what was measured and when it is broken: three share the chance of a false alarm", () => {
    const readings = guardrailReadings(decision({}), plan);

    expect(readings.map(({ name, isBroken }) => [name, isBroken])).toEqual([
      ["Failures", false],
      ["Null outputs", true],
      ["Latency", false],
    ]);
    expect(readings[0]?.text).toContain("proof from 300 on");
    expect(readings[2]?.text).toBe("too few answers to say anything");
  });
});

describe("shares over time", () => {
  const event = (at: number, weights: Record<string, number>) => ({ at, by: "a", revision: at, change: "weights" as const, reason: "", weights, models: {} });

  it("hold from each change to just before the next one, and the last until now", () => {
    const [main, next] = stepsOfWeights([event(2000, { main: 0.5, next: 0.5 }), event(1000, { main: 1 })], 3000);

    expect([main?.x, main?.y]).toEqual([
      [1000, 1999, 2000, 3000],
      [100, 100, 50, 50],
    ]);
    expect(next?.y).toEqual([0, 0, 50, 50]);
  });
});

describe("traffic by minute", () => {
  const counts = (requests: number, errors: number) => ({ variant: "main", requests, requestsPerSecond: 0, errors, refusals: 0, rows: 0, nullRows: 0, p95: 7 });

  it("has a rate of 0 in a minute without requests, and no share of failures", () => {
    const minutes = [
      { minute: 60_000, variants: [counts(120, 6)] },
      { minute: 120_000, variants: [] },
    ];
    const [rate, errors] = measures;

    expect(trafficSeries(minutes, rate)[0]).toMatchObject({ x: [60_000, 120_000], y: [2, 0] });
    expect(trafficSeries(minutes, errors)[0]).toMatchObject({ x: [60_000], y: [5] });
  });
});
