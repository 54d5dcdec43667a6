import { describe, expect, it } from "vitest";
import { boxesOf, quantile } from "../../../web/src/compare/box/box.ts";
import { importanceOf } from "../../../web/src/compare/influence/importance.ts";
import { influencesOn } from "../../../web/src/compare/influence/influence.ts";
import { randomFrom } from "../../../web/src/compare/influence/random.ts";
import { ranksOf, spearman } from "../../../web/src/compare/influence/spearman.ts";
import type { ComparedRun, ValueName } from "../../../web/src/compare/values.ts";

const run = (id: string, values: Readonly<Record<string, number | string>>): ComparedRun => ({
  id,
  name: id,
  status: "FINISHED",
  experimentId: "1",
  values: new Map(Object.entries(values) as [ValueName, number | string][]),
});
const pairs = (left: readonly number[], right: readonly number[]) => left.map((x, index) => [x, right[index] ?? 0] as const);

describe("Spearman's correlation", () => {
  it("is what scipy 1.17 says, with ties, and however far apart the values are", () => {
    expect(spearman(pairs([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]))).toBeCloseTo(0.8207826816681233, 14);
    expect(spearman(pairs([0.1, 0.1, 0.01, 0.01, 0.001, 0.001], [0.3, 0.2, 0.9, 0.9, 0.5, 0.7]))).toBeCloseTo(-0.485071250072666, 14);
    expect(spearman(pairs([10, 20, 30, 40, 50, 60, 70], [3, 1, 4, 1, 5, 9, 2]))).toBeCloseTo(0.3243374865704013, 14);
    expect(spearman(pairs([1e-300, 1e300, -1e300, 0], [1, 2, 3, 4]))).toBeCloseTo(-0.6, 14);
    expect(ranksOf([3, 1, 3, 2, 3])).toEqual([4, 1, 4, 2, 4]);
  });

  it("is not there for a side that does not vary, nor for two pairs", () => {
    expect(spearman(pairs([1, 1, 1], [1, 2, 3]))).toBeUndefined();
    expect(spearman(pairs([1, 2], [1, 2]))).toBeUndefined();
  });
});

/** 120 rows of four columns: noise, two that count together only, and one with a name for every row. */
function sample(of: (a: number, b: number, noise: number) => number) {
  const random = randomFrom(42);
  const rows = Array.from({ length: 120 }, (_, index) => [random(), Math.floor(random() * 2), Math.floor(random() * 2), index] as const);
  return {
    columns: [0, 1, 2, 3].map((column) => rows.map((row) => row[column] ?? 0)),
    target: rows.map(([noise, a, b]) => of(a, b, noise)),
  };
}

describe("importance", () => {
  it("goes to what the target is made of, also where two params count only together", () => {
    const both = importanceOf(sample((a, b) => (a === b ? 1 : 0)));
    const [noise = 1, a = 0, b = 0, name = 1] = both?.shares ?? [];

    expect(both?.explained).toBeGreaterThan(0.3);
    expect(a + b).toBeGreaterThan(0.9);
    expect(Math.min(a, b)).toBeGreaterThan(0.3);
    expect(noise + name).toBeLessThan(0.1);
  });

  it("is in proportion to what a param explains, whatever the unit, and the same every time", () => {
    const small = importanceOf(sample((a, b) => 3 * a + b));
    const large = importanceOf(sample((a, b) => 1e12 + (3 * a + b) * 1e6));

    expect(small?.shares[1]).toBeGreaterThan(0.8);
    expect(small?.shares[2]).toBeGreaterThan(0.02);
    expect(small?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(importanceOf(sample((a, b) => 3 * a + b))).toEqual(small);
    expect(large?.shares[1]).toBeCloseTo(small?.shares[1] ?? 0, 1);
  });

  it("is none where the params say nothing, and says that they do not", () => {
    const random = randomFrom(7);
    const nothing = importanceOf(sample(() => random()));

    expect(nothing?.explained).toBeLessThan(0.1);
    expect(importanceOf({ columns: [[1, 2, 3]], target: [1, 2, 3] })).toBeUndefined();
    expect(importanceOf(sample(() => 5))).toBeUndefined();
  });
});

describe("what params have to do with a metric", () => {
  const runs = Array.from({ length: 24 }, (_, index) =>
    run(String(index), {
      "metrics.loss": index === 3 ? Number.NaN : index === 5 ? Number.POSITIVE_INFINITY : (index % 4) + (index % 3) / 100,
      "params.depth": String(index % 4),
      ...(index % 2 === 0 && { "params.kind": index % 4 === 0 ? "a" : "b" }),
      "params.rate": index === 7 ? "nan" : String(index % 3),
      "params.same": "1",
    }),
  );

  it("counts the runs that have a number, leaves out what does not vary, and correlates what is numeric", () => {
    const { runs: counted, params } = influencesOn("metrics.loss", runs);
    const of = (name: string) => params.find((param) => param.name === `params.${name}`);

    expect(counted).toBe(22);
    expect(params.map(({ name }) => name).toSorted()).toEqual(["params.depth", "params.kind", "params.rate"]);
    expect(params[0]?.name).toBe("params.depth");
    expect(of("depth")?.correlation).toBeGreaterThan(0.95);
    expect(of("kind")).toMatchObject({ correlation: undefined, different: 3 });
    expect(of("rate")).toMatchObject({ pairs: 21, correlation: expect.any(Number) });
  });
});

describe("boxes", () => {
  it("have the quartiles that numpy has, whiskers within reach, and the rest as outliers", () => {
    const runs = [1, 2, 3, 4, 100].map((value, index) => run(`a${index}`, { "params.kind": "a", "metrics.loss": value }));
    const boxes = boxesOf(
      [...runs, run("b", { "metrics.loss": 7 }), run("c", { "params.kind": "a", "metrics.loss": Number.NaN })],
      "params.kind",
      "metrics.loss",
    );

    expect(boxes).toEqual([
      { name: "a", count: 5, lower: 2, median: 3, upper: 4, whiskers: [1, 4], outliers: [{ id: "a4", value: 100 }], without: 1 },
      { name: "not set", count: 1, lower: 7, median: 7, upper: 7, whiskers: [7, 7], outliers: [], without: 0 },
    ]);
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75);
  });
});
