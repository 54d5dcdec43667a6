import type { Browser } from "playwright-core";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { visit } from "#test/support/browser.ts";
import { fixtureShapes, logFixture } from "#test/support/console-fixture.ts";
import { packedRuns } from "#test/support/packed-runs.ts";
import type { TestPlatform } from "#test/support/platform.ts";
import type { Client } from "../../../scripts/demo/client.ts";
import type { Measurement } from "../measurement.ts";
import { untilIdle } from "../processes.ts";
import { frameTimes, timeTo } from "./in-page.ts";

/** The usual shape has its 20 steps (2.4 million points); the wide one has one: a table shows the last value, and 45 million points take longer to log than all else here. */
const shapes = [fixtureShapes.usual, { ...fixtureShapes.wide, steps: 1 }, fixtureShapes.many] as const;

const firstName = `document.querySelector("[role=rowheader] .grid-text")?.textContent`;
const isQuiet = `document.querySelector("[role=grid]")?.getAttribute("aria-busy") !== "true"`;
const sortable = `document.querySelector('[data-column^="metrics."] .grid-sort')`;

interface TableTimes {
  readonly openedMs: number;
  readonly sortedMs: number;
  readonly hiddenMs: number;
  readonly filteredMs: number;
  readonly scrollFrameMs: number;
}

/** Opens the runs of an experiment and works with them as a person would, each step timed in the page until it is drawn. */
async function workWith(browser: Browser, url: string): Promise<TableTimes> {
  const { page } = await visit(browser, url, { width: 1440, height: 900 });
  await timeTo(page, "", `${firstName} && ${isQuiet}`);
  const openedMs = await page.evaluate<number>("performance.now()");
  await page.waitForTimeout(1_000);

  const sortedMs = await timeTo(page, `window.before = ${firstName}; ${sortable}.click()`, `${firstName} !== window.before && ${isQuiet}`);
  await page.waitForTimeout(500);
  await page.getByRole("button", { name: "Column Took" }).click();
  const hide = `[...document.querySelectorAll("[role=menu] *")].find((one) => one.childElementCount === 0 && one.textContent === "Hide")`;
  const isGone = `![...document.querySelectorAll("[data-column]")].some((one) => one.title === "Took")`;
  const hiddenMs = await timeTo(page, `${hide}.click()`, isGone);

  const scrollTimes = await frameTimes(page, 60, `document.querySelector("[role=grid]").scrollBy(frame < 30 ? 0 : 240, 160)`);
  await page.evaluate(`document.querySelector("[role=grid]").scrollTo(0, 0)`);
  await page.waitForTimeout(500);

  await page.evaluate(`window.before = ${firstName}`);
  await page.getByLabel("Filter", { exact: true }).fill("params.param_1 = '0' and attributes.status = 'FAILED'");
  const filtered = timeTo(page, "", `${firstName} !== window.before && ${isQuiet}`);
  await page.keyboard.press("Enter");
  const filteredMs = await filtered;
  await page.context().close();
  return {
    openedMs,
    sortedMs,
    hiddenMs,
    filteredMs,
    scrollFrameMs: scrollTimes.toSorted((a, b) => a - b)[Math.floor(scrollTimes.length * 0.95)] ?? Number.NaN,
  };
}

/** The runs table on each fixture. Only the first has a goal for its opening; the wide ones say how long they took. */
export async function runsTables(browser: Browser, platform: TestPlatform, api: Client, tell: (text: string) => void): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const shape of shapes) {
    const title = `${shape.runs.toLocaleString("en")} runs x ${("differentMetrics" in shape ? shape.differentMetrics : shape.metrics).toLocaleString("en")} metrics`;
    tell(`runs table: ${title}`);
    const { experimentId } = await logFixture(api, shape);
    await api.call(runsContract, "searchRuns", { experiment_ids: [experimentId], max_results: 1 });
    await packedRuns(platform, experimentId, shape.runs);
    await untilIdle(platform.pid);
    const times = await workWith(browser, `${api.url}/experiments/${experimentId}`);
    const add = (what: string, value: number, most?: number) =>
      measurements.push({ what: `${title}: ${what}`, unit: "ms", better: "lower", own: { value }, ...(most !== undefined && { goal: { most } }) });
    add("from its address to its rows", times.openedMs, shape === fixtureShapes.usual ? 1_000 : undefined);
    add("sort by a metric", times.sortedMs, 100);
    add("hide a column", times.hiddenMs, 100);
    add("filter", times.filteredMs, 100);
    add("a frame while scrolling, 95th percentile", times.scrollFrameMs);
  }
  return measurements;
}
