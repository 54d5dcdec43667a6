import { describe, expect, it } from "vitest";
import { carefulZ, evidenceOfExcess, quantileRanks, type Stratum, wilsonLower } from "#core/serving/evidence.ts";

/** A seeded generator (mulberry32), so that a failure can be looked at again. */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Plan {
  readonly canaryRate: number;
  readonly baselineRate: number;
  /** Multiplies both rates, minute by minute: busy hours in which everything fails more. */
  readonly weather?: (minute: number) => number;
  readonly ratio: number;
}

/** The requests after which the canary was called worse, or undefined; looked at after every minute of 60 requests, its share growing. */
function stoppedAt(random: () => number, { canaryRate, baselineRate, weather = () => 1, ratio }: Plan): number | undefined {
  const strata: Stratum[] = [];
  let canaryTotal = 0;
  for (let minute = 0; minute < 100; minute++) {
    const share = minute < 30 ? 0.05 : minute < 60 ? 0.25 : 0.5;
    const counts = { canaryTrials: 0, canaryEvents: 0, baselineTrials: 0, baselineEvents: 0 };
    for (let request = 0; request < 60; request++) {
      const canary = random() < share;
      const failed = random() < (canary ? canaryRate : baselineRate) * weather(minute);
      if (canary) {
        counts.canaryTrials += 1;
        counts.canaryEvents += Number(failed);
      } else {
        counts.baselineTrials += 1;
        counts.baselineEvents += Number(failed);
      }
    }
    canaryTotal += counts.canaryTrials;
    strata.push(counts);
    if (evidenceOfExcess(strata, ratio) >= 20) return canaryTotal;
  }
  return undefined;
}

const runs = (count: number, plan: Plan) => {
  const random = seeded(7);
  return Array.from({ length: count }, () => stoppedAt(random, plan));
};
const alarms = (stops: readonly (number | undefined)[]) => stops.filter((stop) => stop !== undefined).length;

describe("evidence that a canary fails more often", () => {
  // A threshold of 20 promises at most 5 %, over all 100 looks together; 400 runs stay under 8 % with a chance of 99.5 %.
  it.each([
    ["rare failures", { canaryRate: 0.02, baselineRate: 0.02, ratio: 1 }],
    ["frequent failures", { canaryRate: 0.3, baselineRate: 0.3, ratio: 1 }],
    ["an excess that is allowed", { canaryRate: 0.03, baselineRate: 0.02, ratio: 1.5 }],
    [
      "failures that come and go while the canary's share grows",
      { canaryRate: 0.02, baselineRate: 0.02, ratio: 1, weather: (minute: number) => 1 + minute / 20 },
    ],
  ])("is seldom found where there is none, however often one looks: %s", (_case, plan) => {
    expect(alarms(runs(400, plan))).toBeLessThan(32);
  });

  it("is found soon where the canary fails twice as often", () => {
    const stops = runs(100, { canaryRate: 0.2, baselineRate: 0.05, ratio: 1.2 });

    expect(alarms(stops)).toBeGreaterThan(95);
    expect(stops.toSorted((a, b) => (a ?? 1e9) - (b ?? 1e9))[50]).toBeLessThan(200);
  });

  it("needs few failures when the baseline has none", () => {
    const stratum = (canaryEvents: number): Stratum => ({ canaryTrials: 20, canaryEvents, baselineTrials: 380, baselineEvents: 0 });

    expect(evidenceOfExcess([stratum(0)], 1)).toBeLessThanOrEqual(1);
    expect(evidenceOfExcess([stratum(1)], 1)).toBeLessThan(20);
    expect(evidenceOfExcess([stratum(5)], 1)).toBeGreaterThan(300);
  });

  it("is nothing while one side has no traffic", () => {
    expect(evidenceOfExcess([{ canaryTrials: 50, canaryEvents: 50, baselineTrials: 0, baselineEvents: 0 }], 1)).toBeCloseTo(1, 12);
    expect(evidenceOfExcess([], 1)).toBeCloseTo(1, 12);
  });

  it("stays finite for any counts", () => {
    expect(evidenceOfExcess([{ canaryTrials: 1e6, canaryEvents: 1e6, baselineTrials: 1e6, baselineEvents: 0 }], 1)).toBe(1e12);
  });
});

describe("bounds", () => {
  it("agree with Wilson's interval: 5 of 50 at z = 1.96 begins at 0.0435", () => {
    expect(wilsonLower(5, 50, 1.96)).toBeCloseTo(0.0435, 4);
    expect(wilsonLower(0, 0, 2)).toBe(0);
    expect(wilsonLower(0, 10, 2)).toBe(0);
  });

  it("are careful: z is above the normal quantile", () => {
    expect(carefulZ(0.025)).toBeGreaterThan(1.96);
    expect(carefulZ(1e-4)).toBeGreaterThan(3.719);
  });

  it("put a quantile between ranks", () => {
    expect(quantileRanks(1_000, 0.95, 2)).toEqual([936, 965]);
  });
});
