import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DriftReport } from "#contracts/platform/drift-report.ts";
import { Thresholds } from "#contracts/platform/drift-report.ts";
import { judgeWindow } from "#core/monitoring/judge-window.ts";
import { rejudge } from "#core/monitoring/rejudge.ts";
import { profileWindows } from "#stores/duckdb/drift.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { driftFile, expected } from "#test/support/drift-case.ts";

type Side = "reference" | "current";
const features = [
  ...Object.keys(expected.numeric).map((name) => ({ name, type: "numeric" as const })),
  ...Object.keys(expected.categorical).map((name) => ({ name, type: "categorical" as const })),
];
const identity = {
  id: "report-1",
  monitor: "case",
  endpoint: "churn",
  variant: null,
  window: { from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z" },
  createdAt: "2026-03-01T00:05:00Z",
  referenceUri: "s3://data/reference.parquet",
};

/** Judges one side of the case against another; each row written `copies` times. */
async function judge(reference: Side, current: Side, { copies = 1, where = "true", thresholds = {} } = {}): Promise<DriftReport> {
  return await withDuckDb(async (session) => {
    const parquet = async (side: Side, name: string, filter: string) => {
      const file = join(session.folder, `${name}.parquet`);
      await session.run(
        `COPY (SELECT t.* FROM read_csv(${literal(driftFile(side))}, types = {'c_bin': 'VARCHAR'}) t, range(${copies}) WHERE ${filter}) TO ${literal(file)}`,
      );
      return file;
    };
    const files = { reference: await parquet(reference, "reference", "true"), current: await parquet(current, "current", where) };
    return judgeWindow(identity, await profileWindows(session, files, features), Thresholds.parse(thresholds));
  });
}

const driftedColumns = (report: DriftReport) => report.columns.filter(({ status }) => status === "drifted").map(({ name }) => name);
const findingsOf = (report: DriftReport, rule: string) => report.findings.filter((finding) => finding.rule === rule);

describe("a drift report of the planted case", () => {
  it("finds all eight changed distributions and no other", async () => {
    const report = await judge("reference", "current");

    expect(driftedColumns(report).toSorted()).toEqual(expected.drifted);
    expect(report).toMatchObject({ status: "judged", severity: "alert", drifted: 8, tested: 16 });
  });

  it("finds the missing values, the new category, the duplicates and the flipped correlation", async () => {
    const report = await judge("reference", "current");

    expect(findingsOf(report, "missing").map(({ columns }) => columns[0])).toEqual(["n_lognorm", "c_stable"]);
    expect(findingsOf(report, "newCategory")).toEqual([
      expect.objectContaining({ columns: ["c_new"], severity: "alert", effect: expected.newCategoryRows / 5000 }),
    ]);
    expect(findingsOf(report, "duplicates")).toEqual([expect.objectContaining({ effect: 0.005, message: "25 of 5000 rows repeat another one" })]);
    expect(findingsOf(report, "correlation")[0]).toMatchObject({ columns: ["n_corr_a", "n_corr_b"], severity: "alert" });
  });

  it("has scipy's figures for every column", async () => {
    const { columns } = await judge("reference", "current");

    for (const { name, test } of columns) {
      const wanted = expected.numeric[name] ?? expected.categorical[name];
      expect(test?.distance, name).toBeCloseTo(wanted && "wasserstein" in wanted ? wanted.wasserstein : (wanted?.jensenShannon ?? Number.NaN), 9);
      expect(test?.psi, name).toBeCloseTo(wanted?.psi ?? Number.NaN, 9);
    }
  });

  it("says nothing about two halves of the same rows", async () => {
    const report = await judge("reference", "reference", { where: "hash(event_id) % 2 = 0" });

    expect(report).toMatchObject({ severity: "none", score: 0, drifted: 0, findings: [] });
  });

  it("calls a window of few rows insufficient instead of guessing", async () => {
    const report = await judge("reference", "current", { where: "event_id < 'c-00050'" });

    expect(report).toMatchObject({ status: "insufficient", severity: "none", tested: 0 });
    expect(report.columns[0]).toMatchObject({ status: "insufficient", reason: "75 values on one side, 100 are needed" });
  });

  it("stays within 0.001 of D and 2 % of the distance when it counts in steps instead of rows", async () => {
    const exact = await judge("reference", "current");

    const binned = await judge("reference", "current", { copies: 5 });

    for (const { name, test } of binned.columns) {
      const wanted = exact.columns.find((column) => column.name === name)?.test;
      expect(Math.abs((test?.statistic ?? 1) - (wanted?.statistic ?? 0)) < 0.001 || test?.name === "chi-square", name).toBe(true);
      expect(Math.abs((test?.distance ?? 9) / (wanted?.distance ?? 1) - 1), name).toBeLessThan(0.02);
    }
    expect(driftedColumns(binned)).toEqual(expect.arrayContaining(expected.drifted));
  });
});

describe("a report judged anew from what it holds", () => {
  const verdict = ({ severity, score, drifted, tested, status }: DriftReport) => ({ severity, score, drifted, tested, status });
  const higher = (notice: number) => ({ notice, warning: 2 * notice, alert: 4 * notice });

  it.each([
    ["the same thresholds", {}],
    ["wider distances", { numeric: higher(0.15), categorical: higher(0.15) }],
    ["nearer distances", { numeric: higher(0.01), categorical: higher(0.005), missing: higher(0.001) }],
    ["less patience with gaps, more with new values", { missing: higher(0.01), newCategory: higher(0.1), outOfRange: higher(0.1) }],
    ["a share that the whole window drifts at", { driftShare: 0.1 }],
  ])("says under %s what the rows themselves would have said", async (_what, thresholds) => {
    const { report, isExact } = rejudge(await judge("reference", "current"), Thresholds.parse(thresholds));

    expect(isExact).toBe(true);
    const whole = await judge("reference", "current", { thresholds });
    expect(verdict(report)).toEqual({ ...verdict(whole), score: expect.closeTo(whole.score, 6) });
    expect(driftedColumns(report).toSorted()).toEqual(driftedColumns(whole).toSorted());
  });

  it.each([
    ["a lower notice level of what is only kept as a finding", { correlation: higher(0.01) }],
    ["another significance", { significance: 0.01 }],
    ["another number of rows", { minRows: 50 }],
  ])("says that it may be incomplete under %s", async (_what, thresholds) => {
    expect(rejudge(await judge("reference", "current"), Thresholds.parse(thresholds)).isExact).toBe(false);
  });
});
