import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let experimentId: string;
const start = Date.parse("2026-03-01T10:00:00Z");

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  ({ experiment_id: experimentId } = await api.call(experimentsContract, "createExperiment", { name: "trees & co" }));
  for (const [index, [run_name, loss]] of Object.entries({ plain: 0.123456789012345, '=HYPERLINK("x"), quoted': "NaN" }).entries()) {
    const { run } = await api.call(runsContract, "createRun", { experiment_id: experimentId, run_name, start_time: start + index * 60_000 });
    const { run_id } = run.info;
    const params = [{ key: "note", value: index === 0 ? 'one\ntwo "three"' : "-1" }];
    await api.call(metricsContract, "logBatch", { run_id, metrics: [{ key: "loss", value: loss, timestamp: start, step: 0 }], params });
    await api.call(runsContract, "updateRun", { run_id, status: "FINISHED", end_time: start + index * 60_000 + 1500 });
  }
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

/** A busy machine draws late. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
const order = "order=attributes.start_time&flat=1";
async function open(query = `?${order}`): Promise<Page> {
  const { page } = await visit(browser, `${platform.url}/experiments/${experimentId}${query}`, { width: 1440 });
  await page.locator('[data-at="0,1"]').waitFor();
  return page;
}
const columns = (page: Page) =>
  page.locator("[data-column]").evaluateAll((all: readonly { dataset: Record<string, string> }[]) => all.map(({ dataset }) => dataset["column"]));
const width = async (page: Page, column: string) => (await page.locator(`[data-column="${column}"]`).boundingBox())?.width ?? 0;
const field = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

describe("the runs table as a file", () => {
  it("has every row with the columns in view: numbers in full, times in ISO 8601, nothing that a spreadsheet would run", async () => {
    const page = await open(`?${order}&columns=attributes.start_time,attributes.duration,metrics.loss,params.note`);
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "All rows as CSV" }).click()]);
    const text = readFileSync(await download.path(), "utf8");

    expect(download.suggestedFilename()).toBe("trees-co.csv");
    expect(text.split("\r\n")).toEqual([
      expect.stringMatching(/^[^,]+,[^,]+,[^,]+,metrics\.loss,params\.note$/),
      'plain,2026-03-01T10:00:00.000Z,1.5,0.123456789012345,"one\ntwo ""three"""',
      `"'=HYPERLINK(""x""), quoted",2026-03-01T10:01:00.000Z,1.5,NaN,"'-1"`,
      "",
    ]);
  });
});

describe("a column of the runs table", () => {
  it("moves to where its heading is dragged", async () => {
    const page = await open();
    const before = await columns(page);
    await page.locator('[data-column="params.note"]').dragTo(page.locator('[data-column="attributes.status"]'));

    await soon(() => columns(page)).not.toEqual(before);
    const after = await columns(page);
    expect(after.indexOf("params.note")).toBe(before.indexOf("attributes.status"));
    expect(field(page, "columns")).toContain("params.note");
  });

  it("is as wide as its edge is pulled, and goes on from there with keys", async () => {
    const page = await open();
    const edge = await page.locator('[data-resize="attributes.status"]').boundingBox();
    const before = await width(page, "attributes.status");
    const [x, y] = [(edge?.x ?? 0) + (edge?.width ?? 0) / 2, (edge?.y ?? 0) + (edge?.height ?? 0) / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y);
    await page.mouse.move(x + 70, y);
    await page.mouse.up();
    await soon(() => width(page, "attributes.status")).toBeCloseTo(before + 70, 0);

    await page.locator('[data-column="attributes.status"]').focus();
    await page.keyboard.press("Shift+ArrowLeft");

    await soon(() => width(page, "attributes.status")).toBeCloseTo(before + 50, 0);
    expect(field(page, "widths")).toBe(`attributes.status~${Math.round(before + 50)}`);
    for (let press = 0; press < 30; press++) await page.keyboard.press("Shift+ArrowLeft");
    expect(await width(page, "attributes.status")).toBeGreaterThan(30);
  });
});

describe("the view that opens first", () => {
  it("is what everybody sees who opens the experiment by its bare address, until none opens first", async () => {
    const page = await open(`?${order}&columns=params.note&filter=${encodeURIComponent("params.note = '-1'")}`);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByText("Save as a new view").click();
    await page.getByLabel("Name", { exact: true }).fill("odd ones");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "View: odd ones" }).click();
    await page.getByText("Open odd ones first").click();
    await page.getByText("The view odd ones opens first from now on.").waitFor();

    const colleague = await open("");
    await colleague.getByRole("button", { name: "View: odd ones" }).waitFor();
    await soon(() => colleague.locator("[role=rowheader]").count()).toBe(1);
    expect(field(colleague, "filter")).toBe("params.note = '-1'");

    await page.getByRole("button", { name: "View: odd ones" }).click();
    await page.getByText("Open no view first").click();
    await page.getByText("No view opens first any more.").waitFor();
    const next = await open("");
    await soon(() => next.locator("[role=rowheader]").count()).toBe(2);
  });
});
