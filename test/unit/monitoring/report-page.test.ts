import { describe, expect, it } from "vitest";
import { Thresholds } from "#contracts/platform/drift-report.ts";
import { judgeWindow } from "#core/monitoring/judge-window.ts";
import type { CategoricalPair, WindowPair } from "#core/monitoring/profile.ts";
import { reportPage } from "#core/monitoring/report-page.ts";

const hostile = `<img src=x onerror="alert(1)">&'`;
const identity = {
  id: "1",
  monitor: "churn",
  endpoint: hostile,
  variant: hostile,
  window: { from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z" },
  createdAt: "2026-03-01T00:05:00Z",
  referenceUri: `s3://data/${hostile}`,
};

const aColumn = (name: string, current: number): CategoricalPair => ({
  kind: "categorical",
  name,
  reference: { rows: 1000, missing: 0 },
  current: { rows: 1000, missing: 0 },
  counts: [
    { category: hostile, reference: 500, current },
    { category: "other", reference: 500, current: 1000 - current },
  ],
  unlisted: { categories: 0, reference: 0, current: 0 },
});

const windows = (...columns: CategoricalPair[]): WindowPair => ({
  reference: { rows: 1000, duplicateRows: 0 },
  current: { rows: 1000, duplicateRows: 0 },
  columns,
  correlations: [],
  missingColumns: [],
  extraColumns: [],
});

const page = (pair: WindowPair) => reportPage(judgeWindow(identity, pair, Thresholds.parse({})));

describe("a report's page", () => {
  it("escapes every name that comes from outside", () => {
    const text = page(windows(aColumn(hostile, 900)));

    expect(text).not.toContain("<img");
    expect(text).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;");
  });

  it("asks the browser for nothing: no script, no address, no import", () => {
    const text = page(windows(aColumn("plan", 900)));

    expect(text).not.toMatch(/<script|<link|<iframe|<[^>]*\b(src|href)=|url\(|@import|https?:/);
  });

  it("has the worst column first and names the share in each bar's tooltip", () => {
    const text = page(windows(aColumn("calm", 500), aColumn("changed", 900), aColumn("shaken", 600)));

    expect([...text.matchAll(/<h3>(\w+) /g)].map(([, name]) => name)).toEqual(["changed", "shaken", "calm"]);
    expect(text).toContain("<title>other: reference 50.0 %, current 10.0 %</title>");
  });

  it("says so when nothing was captured", () => {
    const text = page({ ...windows(), current: { rows: 0, duplicateRows: 0 } });

    expect(text).toContain("Nothing was captured in this window.");
    expect(text).toContain("Not judged");
  });
});
