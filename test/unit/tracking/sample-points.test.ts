import { describe, expect, it } from "vitest";
import type { Point } from "#core/tracking/points.ts";
import { sampleRows } from "#core/tracking/sample-points.ts";

const series = (values: readonly number[]): Point[] => values.map((value, step) => ({ key: "loss", value, timestamp: step, step }));
/** The same numbers every time: a linear congruence (Numerical Recipes, ranqd1). */
function noise(count: number): number[] {
  let seed = 42;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  });
}
const sample = (points: readonly Point[], buckets: number) => sampleRows(points, 0, points.length, buckets).flatMap((row) => points.slice(row, row + 1));

describe("a sample of a metric", () => {
  it("is every point while there are at most two for each bucket", () => {
    const points = series(noise(200));

    expect(sample(points, 100)).toEqual(points);
    expect(sample(points, 99).length).toBeLessThan(200);
  });

  it("keeps the lowest and the highest point of every bucket, and the first and the last of all", () => {
    const points = series(noise(10_000));
    const sampled = new Set(sample(points, 100));

    for (let at = 0; at < points.length; at += 128) {
      const bucket = points.slice(at, at + 128).toSorted((a, b) => a.value - b.value);
      expect(sampled).toContain(bucket.at(0));
      expect(sampled).toContain(bucket.at(-1));
    }
    expect(sampled).toContain(points.at(0));
    expect(sampled).toContain(points.at(-1));
    expect(sampled.size).toBeLessThanOrEqual(2 * 79 + 2);
  });

  it("keeps one point of every bucket that is not a number, in its place", () => {
    const sampled = sample(series(noise(10_000).map((value, step) => (step === 5000 || step === 5001 ? Number.NaN : value))), 100);

    expect(sampled.filter(({ value }) => Number.isNaN(value)).map(({ step }) => step)).toEqual([5000]);
    expect(sampled.map(({ step }) => Number(step))).toEqual(sampled.map(({ step }) => Number(step)).toSorted((a, b) => a - b));
  });

  it("does not change but for its last bucket when a point is appended", () => {
    const values = noise(10_001);
    const before = sample(series(values.slice(0, 10_000)), 100);
    const after = sample(series(values), 100);

    const settled = ({ step }: Point) => Number(step) < 9984;
    expect(after.filter(settled)).toEqual(before.filter(settled));
  });
});
