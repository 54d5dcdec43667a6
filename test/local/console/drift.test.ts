import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DriftReport } from "#contracts/platform/drift-report.ts";
import { MonitorDefinition } from "#contracts/platform/monitors.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";

const hostile = `"><img src=x onerror="window.hacked=1">`;
const at = "2026-03-02T10:00:00.000Z";
const histogram = { labels: ["< 1", "1 to 2", "≥ 2"], reference: [0.5, 0.3, 0.2], current: [0.1, 0.3, 0.6] };
const column = { name: hostile, type: "numeric", status: "drifted", severity: "alert", histogram };
const report = DriftReport.parse({
  id: "r1",
  monitor: "m",
  endpoint: "churn",
  variant: null,
  window: { from: at, to: "2026-03-02T11:00:00.000Z" },
  createdAt: at,
  referenceUri: "s3://data/train.csv",
  reference: { rows: 500, duplicateRows: 0 },
  current: { rows: 400, duplicateRows: 0 },
  status: "judged",
  severity: "alert",
  score: 2,
  drifted: 1,
  tested: 2,
  findings: [{ rule: "distribution", columns: [hostile], severity: "alert", effect: 1, score: 2, message: "moved" }],
  columns: [column, { name: "calm", type: "numeric", status: "stable", severity: "none", histogram }],
  thresholds: {},
  muted: { mutes: [{ column: hostile, until: at, reason: hostile, by: hostile, at }], score: 0 },
});
const status = { state: "alarm", episode: "r1", raisedAt: at, lastWindowTo: at, lastReportId: "r1", lastSeverity: "alert", lastScore: 2, emptyWindows: 0 };
const monitor = {
  ...MonitorDefinition.parse({ name: "m", endpoint: "churn", reference: { uri: "s3://data/train.csv" }, retrain: { pipeline: "churn" } }),
  status,
  mutes: [{ column: hostile, until: "2036-03-02T10:00:00.000Z", reason: hostile, by: hostile, at }],
  createdAt: at,
  updatedAt: at,
};
const rows = [{ eventId: "e", position: 0, variant: "main", inferenceTime: at, cells: { calm: 1, [hostile]: hostile } }];

let platform: TestPlatform;
let browser: Browser;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

/** Opens a page of the console whose platform has one monitor with one report. @returns what was posted */
async function open(path: string) {
  const { page, errors } = await visit(browser, `${platform.url}/settings`, { width: 1440 });
  const posted: string[] = [];
  await page.route("**/capstan/v1/monitors/m**", async (route) => {
    const [, end = ""] = /monitors\/m(.*?)(?:\?|$)/.exec(route.request().url()) ?? [];
    if (route.request().method() === "POST") posted.push(end);
    const { findings: _findings, columns: _columns, thresholds: _thresholds, ...short } = report;
    const replies: Readonly<Record<string, unknown>> = {
      "": monitor,
      "/reports": { reports: [{ ...short, rows: 400, uri: "s3://data/r1" }] },
      "/reports/r1": report,
      "/reports/r1/rows": { rows, isComplete: true },
      "/reports/r1/retrain": { execution: "churn-drift-r1-by-hand" },
    };
    await route.fulfill({ json: replies[end] ?? {} });
  });
  await page.route("**/capstan/v1/monitor-previews/m", async (route) => {
    const { thresholds } = route.request().postDataJSON() as { readonly thresholds: { readonly driftShare: number } };
    posted.push(`preview at ${thresholds.driftShare}`);
    const verdict = { severity: "alert", score: 2, drifted: 1 };
    const preview = {
      id: "r1",
      window: report.window,
      status: "judged",
      before: verdict,
      after: { severity: "none", score: 0.25, drifted: 0 },
      alarm: "ok",
      isExact: false,
    };
    await route.fulfill({ json: { reports: [preview] } });
  });
  await page.goto(`${platform.url}${path}`);
  return { page, errors, posted };
}

describe("drift in the console", () => {
  it.each([
    ["/drift/m/reports/r1", "Rows behind it"],
    ["/drift/m", "Windows with a finding"],
  ])("%s shows %s in both themes, wide and narrow, without a serious finding of axe-core or an error", async (path, text) => {
    const { page, errors } = await open(path);
    await page.getByText(text).filter({ visible: true }).first().waitFor();
    await page.getByText(hostile).first().waitFor();

    expect(await findingsEverywhere(page, [1440, 320])).toEqual([]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it("lays the distributions over each other with the shares as rows, for the column that the address names", async () => {
    const { page } = await open("/drift/m/reports/r1?column=calm");
    await page.getByRole("img", { name: "Distribution of calm" }).waitFor();
    await page.getByRole("button", { name: "The shares as a table" }).focus();
    await page.keyboard.press("Enter");

    const cells = await page.getByRole("table", { name: "Shares" }).getByRole("row", { name: "≥ 2" }).textContent();
    expect(cells).toBe("≥ 220 %60 %40 %");
  });

  it("says thresholds and alarm in words", async () => {
    const { page } = await open("/drift/m");
    await page.getByText("It is raised when 2 of the last 3 windows have a score of 1 or more").waitFor();
    await page.goto(`${platform.url}/drift/m/reports/r1`);

    await page.getByText("Change of the share of missing values: a notice from 2 %, a warning from 5 %, an alert from 20 %.").waitFor();
  });

  it("retrains after asking, once, and leads to the execution", async () => {
    const { page, posted } = await open("/drift/m/reports/r1");
    await page.getByRole("button", { name: "Retrain", exact: true }).and(page.locator(":enabled")).focus();
    await page.keyboard.press("Enter");
    const before = [...posted];
    await page.getByRole("button", { name: "Confirm: Retrain" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/pipelines/executions/churn-drift-r1-by-hand");

    expect([before, posted]).toEqual([[], ["/reports/r1/retrain"]]);
  });

  it("says what the last reports would have said under thresholds that are not saved yet", async () => {
    const { page, posted } = await open("/drift/m");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Edit m" });
    await dialog.getByLabel("Drift share").fill("0.9");
    await dialog.getByRole("button", { name: "Preview" }).click();

    await dialog.getByText(/Not exact/).waitFor();
    const said = await dialog.getByRole("table", { name: "Reports" }).getByRole("row").last().textContent();
    expect(said).toMatch(/alert2no drift0\.251 to 0ok$/);
    expect(posted).toEqual(["preview at 0.9"]);
  });
});
