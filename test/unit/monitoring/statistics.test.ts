import { assert, double, property, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { binnedPsi, categoryPsi, chiSquare, jensenShannon, mergeRare } from "#core/monitoring/category-distance.ts";
import { countsBetween, kolmogorovSmirnov, referenceDeciles, wassersteinNormed } from "#core/monitoring/numeric-distance.ts";
import type { NumericSummary, Step } from "#core/monitoring/profile.ts";
import { benjaminiHochberg, sameCorrelation, twoProportions } from "#core/monitoring/proportions.ts";
import { chiSquareTail, kolmogorovTail, normalTwoSided } from "#core/monitoring/upper-tails.ts";
import { driftColumns, expected } from "#test/support/drift-case.ts";

const reference = driftColumns("reference");
const current = driftColumns("current");
const valuesOf = (side: ReadonlyMap<string, readonly string[]>, name: string) => (side.get(name) ?? []).filter((value) => value !== "");
const countOf = (values: readonly string[]) =>
  new Map(
    Map.groupBy(values, (value) => value)
      .entries()
      .map(([value, all]) => [value, all.length]),
  );

function countsOf(name: string) {
  const [a, b] = [countOf(valuesOf(reference, name)), countOf(valuesOf(current, name))];
  return [...new Set([...a.keys(), ...b.keys()])].map((category) => ({ category, reference: a.get(category) ?? 0, current: b.get(category) ?? 0 }));
}

function summaryOf(values: readonly number[]): NumericSummary {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return { rows: values.length, missing: 0, min: Math.min(...values), max: Math.max(...values), mean, sd };
}

function pairOf(name: string) {
  const steps: Step[] = countsOf(name)
    .map(({ category, ...counts }) => ({ upTo: Number(category), ...counts }))
    .toSorted((a, b) => a.upTo - b.upTo);
  return {
    exact: true,
    steps,
    reference: summaryOf(valuesOf(reference, name).map(Number)),
    current: summaryOf(valuesOf(current, name).map(Number)),
  };
}

/** Equal to six digits, or both too small to matter. */
const close = (actual: number, wanted: number) => expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted) + 1e-12);

describe("upper tails", () => {
  it("keep their digits where 1 - cdf has lost them", () => {
    // Closed forms: erfc(sqrt(x/2)) + sqrt(2x/pi) exp(-x/2) at x = 200; erfc(10/sqrt(2)); the alternating series summed to 60 terms.
    close(chiSquareTail(200, 3) / 4.218_541_107_192e-43, 1);
    close(normalTwoSided(10) / 1.523_970_604_832_119e-23, 1);
    close(kolmogorovTail(3) / 3.045_995_948_942_5e-8, 1);
    close(kolmogorovTail(0.5), 0.963_945_243_664_875);
  });
});

describe("drift statistics", () => {
  it.each(Object.entries(expected.numeric))("of %s equal scipy's", (name, wanted) => {
    const pair = pairOf(name);

    const { d, p } = kolmogorovSmirnov(pair.steps);

    close(d, wanted.d);
    close(p, wanted.p);
    close(wassersteinNormed(pair), wanted.wasserstein);
    close(binnedPsi(countsBetween(pair, referenceDeciles(pair))), wanted.psi);
  });

  it.each(Object.entries(expected.categorical))("of %s equal scipy's", (name, wanted) => {
    const counts = countsOf(name);

    const { statistic, degrees, p } = chiSquare(counts);

    close(statistic, wanted.chi2);
    expect(degrees).toBe(wanted.degrees);
    close(p, wanted.p);
    close(jensenShannon(counts), wanted.jensenShannon);
    close(categoryPsi(counts), wanted.psi);
  });

  it("merge rare categories before testing, so that one row of a new category is not an alarm", () => {
    const counts = [
      { reference: 500, current: 500 },
      { reference: 0, current: 1 },
      { reference: 1, current: 0 },
    ];

    const { table, merged } = mergeRare(counts);

    expect({ table, merged }).toEqual({
      merged: 2,
      table: [
        { reference: 500, current: 500 },
        { reference: 1, current: 1 },
      ],
    });
  });

  it("find no difference between a window and itself, whatever its values", () => {
    assert(
      property(uniqueArray(double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 50 }), (values) => {
        const steps = values.toSorted((a, b) => a - b).map((upTo) => ({ upTo, reference: 3, current: 3 }));
        const summary = summaryOf(values);
        const pair = { exact: true, steps, reference: summary, current: summary };

        expect(kolmogorovSmirnov(steps)).toEqual({ d: 0, p: 1 });
        expect(wassersteinNormed(pair)).toBe(0);
        expect(binnedPsi(countsBetween(pair, referenceDeciles(pair)))).toBeCloseTo(0, 12);
      }),
    );
  });

  it("keep every row when values are put into bins", () => {
    const pair = pairOf("n_shift");

    const bins = countsBetween({ ...pair, exact: false }, [40, 45.5, 60]);

    expect(bins.reduce((sum, bin) => sum + bin.reference, 0)).toBeCloseTo(5000, 6);
    expect(bins.reduce((sum, bin) => sum + bin.current, 0)).toBeCloseTo(5000, 6);
  });
});

describe("benjaminiHochberg", () => {
  it("adjusts as scipy does and rejects exactly the planted changes", () => {
    const names = Object.keys(expected.raw);

    const adjusted = benjaminiHochberg(Object.values(expected.raw));

    names.forEach((name, k) => {
      close(adjusted[k] ?? Number.NaN, expected.bh[name] ?? Number.NaN);
    });
    expect(names.filter((_name, k) => (adjusted[k] ?? 1) < 0.05).toSorted()).toEqual(expected.drifted);
  });
});

describe("tests of proportions and correlations", () => {
  it("see missing values double, and say nothing when nobody misses any", () => {
    expect(twoProportions({ count: 259, of: 5000 }, { count: 633, of: 5000 }).p).toBeLessThan(1e-30);
    expect(twoProportions({ count: 0, of: 5000 }, { count: 0, of: 100 })).toEqual({ z: 0, p: 1 });
  });

  it("see a correlation change sign", () => {
    // (atanh(-0.8) - atanh(0.8)) / sqrt(2 / 97)
    expect(sameCorrelation({ r: 0.8, n: 100 }, { r: -0.8, n: 100 }).z).toBeCloseTo(-15.3016, 3);
    expect(sameCorrelation({ r: Number.NaN, n: 100 }, { r: 0, n: 100 }).p).toBe(1);
  });
});
