import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let experimentId: string;
const ids: string[] = [];

/** Seeds 0 to 2 of each depth: the metric is the depth and the seed at every second step, which begins at the seed. */
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  ({ experiment_id: experimentId } = await api.call(experimentsContract, "createExperiment", { name: "seeds" }));
  for (const depth of [2, 10]) {
    for (const seed of [0, 1, 2]) {
      const { run } = await api.call(runsContract, "createRun", { experiment_id: experimentId, run_name: `d${depth} s${seed}`, start_time: 1 });
      const metrics = [0, 2, 4].map((step) => ({ key: "loss", value: depth + seed, timestamp: 1 + step, step: step + seed }));
      await api.call(metricsContract, "logBatch", { run_id: run.info.run_id, metrics, params: [{ key: "depth", value: String(depth) }] });
      await api.call(runsContract, "updateRun", { run_id: run.info.run_id, status: "FINISHED", end_time: 2 });
      ids.push(run.info.run_id);
    }
  }
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const open = async (query: string) => await visit(browser, `${platform.url}/compare?runs=${ids.join(",")}&tab=charts&${query}`, { width: 1440, height: 1000 });
const chart = (page: Page) => page.getByRole("region", { name: "Chart of loss" });
const entries = (page: Page) => chart(page).getByRole("list", { name: "Lines" }).getByRole("button");

async function drawn(page: Page): Promise<readonly (readonly string[])[]> {
  await chart(page).getByRole("button", { name: "Table" }).click();
  const rows = chart(page).getByRole("row");
  await rows.nth(1).waitFor();
  return (await rows.allInnerTexts()).map((row) => row.split("\t").map((cell) => cell.trim()));
}

describe("runs that are grouped by a param", () => {
  it("are a line each with the mean, the range and the number of runs at every step", async () => {
    const { page } = await open("by=params.depth");
    await entries(page).first().waitFor();

    expect(await entries(page).allInnerTexts()).toEqual(["depth = 2", "depth = 10"]);
    const [head, ...rows] = await drawn(page);
    expect(head).toEqual(["Step", "Line", "Mean", "Lowest", "Highest", "Runs"]);
    expect(rows.slice(0, 7)).toEqual([
      ["0", "depth = 2 (mean of 3)", "2", "2", "2", "1"],
      ["1", "depth = 2 (mean of 3)", "2.5", "2", "3", "2"],
      ["2", "depth = 2 (mean of 3)", "3", "2", "4", "3"],
      ["3", "depth = 2 (mean of 3)", "3", "2", "4", "3"],
      ["4", "depth = 2 (mean of 3)", "3", "2", "4", "3"],
      ["5", "depth = 2 (mean of 3)", "3.5", "3", "4", "2"],
      ["6", "depth = 2 (mean of 3)", "4", "4", "4", "1"],
    ]);
  });

  it("are chosen in place, drawn run by run where that is asked for, and hidden by group", async () => {
    const { page, errors } = await open("");
    await entries(page).nth(5).waitFor();
    await page.getByRole("button", { name: "Group runs by" }).click();
    await page.getByRole("option", { name: "params.depth" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "All runs" }).click();
    await expect.poll(() => entries(page).allInnerTexts()).toEqual(["depth = 2", "depth = 10"]);
    await entries(page).first().click();

    expect([...new Set((await drawn(page)).slice(1).map(([, line]) => line))]).toEqual(["d10 s0", "d10 s1", "d10 s2"]);
    expect(new URL(page.url()).searchParams.get("by")).toBe("params.depth");
    expect(errors).toEqual([]);
  });

  it("come from the groups of the runs table", async () => {
    const { page } = await visit(browser, `${platform.url}/experiments/${experimentId}?group=params.depth&open=*`, { width: 1440 });
    await page.getByText("d2 s0").waitFor();
    for (const name of ["d2 s0", "d10 s0"]) await page.getByRole("row", { name }).getByRole("checkbox").click();
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("tab", { name: "Charts" }).click();

    await expect.poll(() => entries(page).allInnerTexts()).toEqual(["depth = 2", "depth = 10"]);
  });

  it("are readable in both themes, wide and narrow", async () => {
    const { page } = await open("by=params.depth&smooth=0.5");
    await entries(page).first().waitFor();

    const found = await findingsEverywhere(page, [1440, 320]);
    await page.goto("about:blank");

    expect(found).toEqual([]);
  });
});
