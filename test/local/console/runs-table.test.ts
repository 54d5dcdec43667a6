import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { fixtureShapes, logFixture } from "#test/support/console-fixture.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let experimentId: string;
const api = () => client(platform.url);

async function newRun(name: string, { loss, depth, parent }: { loss?: number | string; depth?: string; parent?: string }): Promise<string> {
  const tags = parent === undefined ? [] : [{ key: "mlflow.parentRunId", value: parent }];
  const { run } = await api().call(runsContract, "createRun", { experiment_id: experimentId, run_name: name, start_time: Date.now(), tags });
  const metrics = loss === undefined ? [] : [{ key: "val/loss", value: loss, timestamp: 1, step: 1 }];
  const params = depth === undefined ? [] : [{ key: "depth", value: depth }];
  await api().call(metricsContract, "logBatch", { run_id: run.info.run_id, metrics, params });
  return run.info.run_id;
}

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  ({ experiment_id: experimentId } = await api().call(experimentsContract, "createExperiment", { name: "trees" }));
  const sweep = await newRun("sweep", { depth: "1" });
  await newRun("small", { loss: 0.5, depth: "2", parent: sweep });
  await newRun("large", { loss: 0.25, depth: "10" });
  await newRun("broken", { loss: "NaN", depth: "10" });
  await newRun("wild", { loss: "Infinity", depth: "2" });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const open = async (query = "", id = experimentId) => (await visit(browser, `${platform.url}/experiments/${id}${query}`, { width: 1440 })).page;
const names = (page: Page) => page.locator("[role=rowheader] .grid-text").allInnerTexts();
/** Waits until the table shows these rows, from the top. */
const shows = (page: Page, ...rows: string[]) => expect.poll(() => names(page), { timeout: 10_000 }).toEqual(rows);
const cell = (page: Page, row: number, column: string) =>
  page.evaluate<string>(`(() => {
    const at = document.querySelector('[data-column="${column}"]').getAttribute("aria-colindex") - 1;
    return document.querySelector('[data-at="${row},' + at + '"]').textContent;
  })()`);
const choose = (page: Page, name: string) => page.getByRole("checkbox", { name: `Choose ${name}` }).click();
const menu = async (page: Page, column: string, item: string) => {
  await page.getByRole("button", { name: `Column ${column}` }).click();
  await page.getByRole("menu").getByText(item, { exact: true }).click();
};
const order = "order=attributes.start_time";

describe("the runs table", () => {
  it("tells nothing, not-a-number and infinity apart, and marks the best value", async () => {
    const page = await open(`?${order}&flat=1`);
    await shows(page, "sweep", "small", "large", "broken", "wild");

    await expect.poll(() => Promise.all([0, 1, 2, 3, 4].map((row) => cell(page, row, "metrics.val/loss")))).toEqual(["–", "0.5", "0.25 ★", "NaN", "∞"]);
  });

  it("orders by several columns, whose places show, and the address holds the order", async () => {
    const page = await open("?flat=1");
    await shows(page, "wild", "broken", "large", "small", "sweep");

    await page.locator('[data-column="params.depth"] .grid-sort').click();
    await page.locator('[data-column="metrics.val/loss"] .grid-sort').click({ modifiers: ["Shift"] });

    await shows(page, "sweep", "large", "broken", "small", "wild");
    expect(await page.locator(".grid-order").allInnerTexts()).toEqual(["▲2", "▲1"]);
    expect(new URL(page.url()).searchParams.get("order")).toBe("params.depth,metrics.val/loss");
  });

  it("is worked with keys alone: moves, chooses, sorts, and the focus is always on one cell", async () => {
    const page = await open(`?${order}&flat=1`);
    await shows(page, "sweep", "small", "large", "broken", "wild");
    await page.locator('[data-at="0,1"]').focus();
    const at = () => page.evaluate<string>("document.activeElement.dataset.at");

    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await at()).toBe("1,2");
    await page.keyboard.press("Control+End");
    expect(await at()).toMatch(/^4,/);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    expect(await page.getByRole("row", { selected: true }).count()).toBe(1);
    await page.keyboard.press("k");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");

    await shows(page, "broken", "large", "small", "sweep", "wild");
    expect(await page.locator("[role=grid] [tabindex='0']").count()).toBe(1);
  });

  it("hides, widens and moves a column by keys and by its menu", async () => {
    const page = await open(`?${order}&flat=1`);
    await shows(page, "sweep", "small", "large", "broken", "wild");
    await page.locator('[data-column="attributes.status"]').focus();

    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Control+ArrowRight");
    await menu(page, "Took", "Hide");

    await expect.poll(() => new URL(page.url()).searchParams.get("widths")).toBe("attributes.status~150");
    await expect
      .poll(() => page.locator("[data-column]").evaluateAll((all) => all.map((one) => one.getAttribute("data-column"))))
      .toEqual(["attributes.run_name", "attributes.start_time", "attributes.status", "metrics.val/loss", "params.depth"]);
  });

  it("keeps tokens and the filter string the same, and says where tokens have no word", async () => {
    const page = await open(`?${order}&flat=1`);
    const filter = page.getByLabel("Filter", { exact: true });
    await filter.fill("params.depth = '10' and metrics.`val/loss` < 1");
    await page.keyboard.press("Enter");
    await shows(page, "large");

    await page.getByText("params.depth = 10").waitFor();
    await page.getByRole("button", { name: /^Remove.*val\/loss/ }).click();
    await shows(page, "large", "broken");
    expect(await filter.inputValue()).toBe("params.`depth` = '10'");

    await filter.fill("params.depth IS NOT NULL");
    await page.keyboard.press("Enter");
    await page.getByText("Tokens cannot show this filter").waitFor();
    await filter.fill("params.depth >");
    await page.keyboard.press("Enter");
    await page.getByText("filter: a value must be").waitFor();
  });

  it("opens nested runs beneath their parent, and groups with mean and range", async () => {
    const page = await open(`?${order}`);
    await shows(page, "sweep", "large", "broken", "wild");
    await page.getByRole("button", { name: "Open sweep" }).click();
    await shows(page, "sweep", "small", "large", "broken", "wild");

    await menu(page, "params.depth", "Group by this");

    await shows(page, "depth = 1", "depth = 2", "depth = 10");
    expect(await cell(page, 2, "metrics.val/loss")).toContain("0.25");
    await page.getByRole("button", { name: "Open depth = 10" }).click();
    await shows(page, "depth = 1", "depth = 2", "depth = 10", "large", "broken");
  });

  it("deletes what is chosen, by a range, and takes it back; the trash shows what is deleted", async () => {
    const page = await open(`?${order}&flat=1`);
    await shows(page, "sweep", "small", "large", "broken", "wild");
    await choose(page, "large");
    await page.getByRole("checkbox", { name: "Choose wild" }).click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await shows(page, "sweep", "small");

    const trash = await open("?view=deleted&flat=1");
    await shows(trash, "wild", "broken", "large");
    await page.getByRole("button", { name: "Undo" }).click();

    await shows(page, "sweep", "small", "large", "broken", "wild");
    await shows(trash);
  });

  it("shows a run that a script logs while the page is open", async () => {
    const page = await open(`?${order}&flat=1`);
    await shows(page, "sweep", "small", "large", "broken", "wild");

    const run_id = await newRun("fresh", { loss: 0.125, depth: "3" });

    await shows(page, "sweep", "small", "large", "broken", "wild", "fresh");
    await api().call(runsContract, "deleteRun", { run_id });
    await shows(page, "sweep", "small", "large", "broken", "wild");
  });

  it("keeps a view under a name for everybody, and its link shows the same", async () => {
    const page = await open(`?${order}&flat=1&columns=params.depth&filter=${encodeURIComponent("params.depth = '2'")}`);
    await shows(page, "small", "wild");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByText("Save as a new view").click();
    await page.getByLabel("Name", { exact: true }).fill("shallow");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "View: shallow" }).waitFor();

    const colleague = await open();
    await colleague.getByRole("button", { name: "Views" }).click();
    await colleague.getByText("shallow").click();

    await shows(colleague, "small", "wild");
    expect(colleague.url()).toBe(page.url());
  });

  it("has no serious finding of axe-core in either theme and does not overflow a telephone", async () => {
    const page = await open(`?${order}`);
    await shows(page, "sweep", "large", "broken", "wild");

    expect(await findingsEverywhere(page, [1440, 320])).toEqual([]);
  });
});

describe("an experiment of 12,000 columns", () => {
  it("draws and reads only what is in view, wherever one scrolls", async () => {
    const { experimentId: many } = await logFixture(api(), { ...fixtureShapes.many, runs: 40 });
    const visited = await visit(browser, `${platform.url}/experiments/${many}?columns=${encodeURIComponent("metrics.*")}`, { width: 1440 });
    const { page, requests } = visited;
    await page.getByText("12,001 columns shown").waitFor({ timeout: 20_000 });
    await page.locator('[data-at="0,1"]').focus();
    await page.keyboard.press("End");

    await page.locator('[data-column="metrics.system/metric_11999"]').waitFor();
    const drawn = await page.locator("[role=columnheader]").count();
    const widest = Math.max(...requests.map((url) => new URL(url).searchParams.getAll("columns").length));

    expect(await page.locator("[role=grid]").getAttribute("aria-colcount")).toBe("12002");
    expect(drawn).toBeLessThan(40);
    expect(widest).toBeLessThanOrEqual(40);
  });
});
