import { describe, expect, it } from "vitest";
import { smoothed } from "#core/tracking/smoothing.ts";

describe("smoothing", () => {
  it("starts at the first value, not at zero", () => {
    expect(smoothed([4, 4, 4], 0.9)).toEqual([4, 4, 4].map((value) => expect.closeTo(value, 12)));
  });

  it("is the mean of all before, weighted by the power of their distance", () => {
    const values = [3, -1, 4, 1, -5, 9];
    const weight = 0.6;
    const byDefinition = values.map((_, last) => {
      const weights = values.slice(0, last + 1).map((_value, index) => weight ** (last - index));
      const sum = weights.reduce((all, one) => all + one, 0);
      return weights.reduce((all, one, index) => all + one * (values[index] ?? 0), 0) / sum;
    });

    expect(smoothed(values, weight)).toEqual(byDefinition.map((value) => expect.closeTo(value, 12)));
  });

  it("leaves what is not a number where it is, and goes on after it as if it had not been there", () => {
    const [first, gap, after] = smoothed([2, Number.NaN, 4], 0.5);

    expect([first, gap]).toEqual([2, Number.NaN]);
    expect(after).toBeCloseTo((4 + 0.5 * 2) / 1.5, 12);
    expect(smoothed([1, Number.MAX_VALUE, 1], 0.5)).toEqual([1, Number.MAX_VALUE, 1]);
  });
});
