import { describe, expect, it } from "vitest";
import { Thresholds } from "#contracts/platform/drift-report.ts";
import { judgeWindow } from "#core/monitoring/judge-window.ts";
import { newCategoryFindings } from "#core/monitoring/novelty.ts";
import type { CategoricalPair, NumericPair } from "#core/monitoring/profile.ts";
import { aPerson, sequence } from "#test/support/captured-traffic.ts";

type People = readonly ReturnType<typeof aPerson>[];
const identity = {
  id: "1",
  monitor: "churn",
  endpoint: "churn",
  variant: null,
  window: { from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z" },
  createdAt: "2026-03-01T00:05:00Z",
  referenceUri: "s3://data/train.parquet",
};

function people(seed: number, rows: number): People {
  const next = sequence(seed);
  return Array.from({ length: rows }, () => aPerson(next));
}

/** Counts of each value on both sides. */
function counted<V>(reference: readonly V[], current: readonly V[]) {
  const counts = new Map<V, { reference: number; current: number }>();
  for (const [side, values] of [
    ["reference", reference],
    ["current", current],
  ] as const)
    for (const value of values) {
      const count = counts.get(value) ?? { reference: 0, current: 0 };
      count[side] += 1;
      counts.set(value, count);
    }
  return [...counts];
}

function summary(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { rows: values.length, missing: 0, min: Math.min(...values), max: Math.max(...values), mean, sd };
}

function judge(reference: People, current: People) {
  const ages = [reference, current].map((side) => side.map(({ age }) => age)) as [number[], number[]];
  const age: NumericPair = {
    kind: "numeric",
    name: "age",
    exact: true,
    reference: summary(ages[0]),
    current: summary(ages[1]),
    steps: counted(...ages)
      .toSorted(([a], [b]) => a - b)
      .map(([upTo, count]) => ({ upTo, ...count })),
  };
  const plan: CategoricalPair = {
    kind: "categorical",
    name: "plan",
    reference: { rows: reference.length, missing: 0 },
    current: { rows: current.length, missing: 0 },
    counts: counted(
      reference.map((one) => one.plan),
      current.map((one) => one.plan),
    ).map(([category, count]) => ({ category, ...count })),
    unlisted: { categories: 0, reference: 0, current: 0 },
  };
  const rows = { reference: { rows: reference.length, duplicateRows: 0 }, current: { rows: current.length, duplicateRows: 0 } };
  return judgeWindow(identity, { ...rows, columns: [age, plan], correlations: [], missingColumns: [], extraColumns: [] }, Thresholds.parse({}));
}

describe("500 windows of unchanged traffic", () => {
  const reference = people(7, 2000);
  const reports = Array.from({ length: 500 }, (_, k) => judge(reference, people(1000 + k, 300)));

  it("have findings no more often than the significance allows", () => {
    expect(reports.filter(({ findings }) => findings.length > 0).length / reports.length).toBeLessThanOrEqual(0.05);
  });

  it("hardly ever breach, and never two of three in a row, so that no alarm is raised", () => {
    const breaches = reports.map(({ score }) => score >= 1);

    expect(breaches.filter(Boolean).length).toBeLessThanOrEqual(2);
    expect(breaches.some((_breach, k) => breaches.slice(k, k + 3).filter(Boolean).length >= 2)).toBe(false);
  });

  it("do not hide a shift of half a standard deviation", () => {
    const shifted = people(5, 300).map(({ age, plan }) => ({ age: age + 6, plan }));

    expect(judge(reference, shifted)).toMatchObject({ severity: "alert", drifted: 1 });
  });
});

describe("a column of many rare categories", () => {
  /** Categories of which the k-th has a chance of about 1 / k: some are always seen for the first time. */
  const rare = (seed: number, rows: number, extra = 0) => {
    const next = sequence(seed);
    return Array.from({ length: rows }, () => (next() < extra ? "new" : `c${Math.floor(2000 ** next())}`));
  };
  const findings = (current: readonly string[]) => {
    const reference = rare(3, 2000);
    const counts = counted(reference, current).map(([category, count]) => ({ category, ...count }));
    const side = (values: readonly string[]) => ({ rows: values.length, missing: 0 });
    const column: CategoricalPair = {
      kind: "categorical",
      name: "sku",
      reference: side(reference),
      current: side(current),
      counts,
      unlisted: { categories: 0, reference: 0, current: 0 },
    };
    return newCategoryFindings(column, Thresholds.parse({}));
  };

  it("hardly ever raises an alarm over categories that the reference missed by chance", () => {
    const windows = Array.from({ length: 200 }, (_, k) => findings(rare(100 + k, 500)));

    expect(windows.filter(([finding]) => finding !== undefined && finding.score >= 1).length).toBeLessThanOrEqual(10);
  });

  it("still shows a new one that takes a tenth of the rows", () => {
    expect(findings(rare(5, 500, 0.1))).toMatchObject([{ rule: "newCategory", severity: "alert" }]);
  });

  it("counts any new category where the reference's are all well known", () => {
    const known = { reference: { rows: 1000, missing: 0 }, current: { rows: 1000, missing: 0 }, unlisted: { categories: 0, reference: 0, current: 0 } };
    const counts = [
      { category: "a", reference: 1000, current: 999 },
      { category: "b", reference: 0, current: 1 },
    ];

    expect(newCategoryFindings({ kind: "categorical", name: "plan", ...known, counts }, Thresholds.parse({}))).toMatchObject([
      { severity: "warning", message: '0.1 % of rows have new categories: "b"' },
    ]);
  });
});
