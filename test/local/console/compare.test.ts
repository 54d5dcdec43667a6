import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";
import { putFile } from "../../../scripts/demo/put-file.ts";

const hostile = `"><img src=x onerror="window.hacked=1">`;
/** One pixel. */
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const count = 200;
let platform: TestPlatform;
let browser: Browser;
let ids: readonly string[];
let elsewhere: string;

async function logRun(experimentId: string, index: number): Promise<string> {
  const api = client(platform.url);
  const { run } = await api.call(runsContract, "createRun", {
    experiment_id: experimentId,
    run_name: `trial ${index}${index === 1 ? hostile : ""}`,
    start_time: 1,
  });
  await api.call(metricsContract, "logBatch", {
    run_id: run.info.run_id,
    metrics: [{ key: "loss", value: 1 / (index + 1), timestamp: 1, step: 0 }],
    params: [
      { key: "depth", value: String(index % 5) },
      { key: "kind", value: index % 2 ? hostile : "plain" },
      { key: "same", value: "same" },
    ],
    tags: [{ key: "mlflow.source.git.commit", value: `c${index % 3}` }],
  });
  if (index < 2) await putFile(api, run.info.artifact_uri, "plots/a.png", Buffer.from(pixel, "base64"));
  await api.call(runsContract, "updateRun", { run_id: run.info.run_id, status: "FINISHED", end_time: 2 });
  return run.info.run_id;
}

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  const experiment = await api.call(experimentsContract, "createExperiment", { name: "sweep" });
  const other = await api.call(experimentsContract, "createExperiment", { name: "other" });
  const made: string[] = [];
  for (let first = 0; first < count; first += 20)
    made.push(...(await Promise.all(Array.from({ length: 20 }, async (_, index) => await logRun(experiment.experiment_id, first + index)))));
  ids = made;
  elsewhere = await logRun(other.experiment_id, 7);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const open = async (query: string, some = ids) =>
  await visit(browser, `${platform.url}/compare?runs=${some.join(",")}&${query}`, { width: 1440, height: 1000 });
const query = (page: Page) => new URL(page.url()).searchParams;

describe("the comparison of 200 runs", () => {
  it.each([
    ["", "params.depth"],
    ["tab=parallel", "Runs within the brushes"],
    ["tab=scatter", "The same as rows"],
    ["tab=influence", "The params foretell"],
    ["tab=box&bm=metrics.loss", "First quartile"],
    ["tab=pictures&folder=plots&picture=plots/a.png", "Without this picture: trial 2"],
    ["tab=charts", "Drawn are the first 40"],
    ["tab=runs", "Make baseline"],
  ])("at ?%s shows %s in both themes, wide and narrow, without a serious finding of axe-core or an error", async (tab, text) => {
    const { page, errors } = await open(tab, ids.slice(0, 45));
    await page.getByText(text).filter({ visible: true }).first().waitFor();

    const found = await findingsEverywhere(page, [1440, 320]);
    await page.goto("about:blank");

    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("reads all runs with a handful of requests, and runs nothing that they are called", async () => {
    const { page, requests } = await open("tab=runs", [...ids, elsewhere]);
    await page
      .getByText(`Comparison of ${count + 1} runs`)
      .first()
      .waitFor();

    expect(requests.filter((url) => /runs\/(get|search)/.test(url)).length).toBeLessThanOrEqual(4);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
  });

  it("shows only what differs, measured by a baseline that the address holds", async () => {
    const { page } = await open(`base=${ids[1]}`, ids.slice(0, 3));
    await page.getByText("params.depth").waitFor();
    const table = page.getByRole("table", { name: "Differences" });
    const texts = await table.getByRole("row").allInnerTexts();

    expect(texts.some((text) => text.includes("params.same"))).toBe(false);
    expect(texts.find((text) => text.startsWith("metrics.loss"))).toMatch(/1\s+\+100 %\s+0\.5\s+0\.3333\s+-33\.33 %/);
    expect(texts.some((text) => text.startsWith("environment.source.git.commit"))).toBe(true);
  });

  it("is brushed with the arrow keys, and the address brings the same rows back", async () => {
    const { page } = await open("tab=parallel");
    await page.getByText("200 of 200 runs within the brushes.").waitFor();
    await page.getByRole("slider", { name: "greatest params.depth of the brush" }).focus();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press("PageDown");
    await page.getByText("40 of 200 runs within the brushes.").waitFor();
    const again = await visit(browser, page.url(), { width: 1440 });
    await again.page.getByText("40 of 200 runs within the brushes.").waitFor();
    await page.keyboard.press("Escape");

    await page.getByText("200 of 200 runs within the brushes.").waitFor();
  });

  it("is brushed with the pointer, its axes change places, and one becomes logarithmic", async () => {
    const { page } = await open("tab=parallel");
    await page.getByText("200 of 200 runs within the brushes.").waitFor();
    const line = await page.locator(".axis-line").first().boundingBox();
    if (!line) throw new Error("there is no axis");
    await page.mouse.move(line.x + 12, line.y + line.height + 2);
    await page.mouse.down();
    await page.mouse.move(line.x + 12, line.y + line.height * 0.9, { steps: 4 });
    await page.mouse.up();
    await page.getByText("40 of 200 runs within the brushes.").waitFor();
    await page.getByRole("button", { name: "Move params.depth right" }).click();
    await page.getByRole("button", { name: "log scale of metrics.loss" }).click();
    await page.getByRole("button", { name: "log scale of metrics.loss", pressed: true }).waitFor();

    expect(query(page).get("axes")).toBe("params.kind,params.depth,metrics.loss");
    expect(query(page).get("log")).toBe("metrics.loss");
  });

  it("leads from a point of the scatter plot to its run without a mouse", async () => {
    const { page } = await open("tab=scatter&sx=metrics.loss&sy=params.depth");
    await page.getByRole("listbox", { name: "params.depth by metrics.loss" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("trial 199: metrics.loss 0.005, params.depth 4").first().waitFor();
    await page.keyboard.press("Enter");

    await page.waitForURL(`**/runs/${ids[199]}`);
  });

  it("says which params matter for a metric, and how it is spread in each value of one", async () => {
    const { page } = await open("tab=influence");
    const rows = page.getByRole("table", { name: "Params" }).getByRole("row");
    await rows.nth(2).waitFor();

    expect((await rows.allInnerTexts()).slice(1).map((row) => row.split("\t")[0]?.trim())).toEqual(expect.arrayContaining(["depth", "kind"]));
    await page.goto(`${page.url().replace("tab=influence", "tab=box")}&bx=params.kind`);
    await page.getByRole("img", { name: /^metrics.loss in each params.kind/ }).waitFor();
    const boxes = await page.getByRole("table", { name: "The same as rows" }).getByRole("row").allInnerTexts();
    expect(boxes.map((row) => row.split("\t")[1]?.trim()).slice(1)).toEqual(["100", "100"]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
  });

  it("lays the pictures of a path side by side, found by folder", async () => {
    const { page } = await open("tab=pictures", ids.slice(0, 3));
    await page.getByRole("button", { name: "Folder or picture" }).click();
    await page.getByRole("option", { name: "plots/" }).click();
    await page.getByRole("button", { name: "Folder or picture in plots" }).click();
    await page.getByRole("option", { name: "a.png" }).click();
    const pictures = page.getByRole("figure").getByRole("img");
    await expect.poll(() => pictures.evaluateAll((all) => all.map((image) => ("naturalWidth" in image ? image.naturalWidth : 0)))).toEqual([1, 1]);

    await page.getByText("Without this picture: trial 2").waitFor();
  });

  it("takes a run out and another one in, in place", async () => {
    const { page } = await open("tab=runs", ids.slice(0, 3));
    await page.getByRole("button", { name: "Take trial 0 out" }).click();
    await page.getByText("Comparison of 2 runs").first().waitFor();
    await page.getByRole("button", { name: "Add runs" }).click();
    await page.getByLabel("Run ids").fill(`${elsewhere} nowhere`);
    await page.getByRole("button", { name: "Add to the comparison" }).click();
    await page.getByText("Comparison of 3 runs").first().waitFor();
    await page.getByText("Not found, and left out: nowhere").waitFor();

    expect(query(page).get("runs")).toBe([ids[1], ids[2], elsewhere, "nowhere"].join(","));
  });
});
