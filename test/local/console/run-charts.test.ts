import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { type Client, client } from "../../../scripts/demo/client.ts";

const count = 12_000;
const peak = 7654;
let platform: TestPlatform;
let browser: Browser;
let api: Client;
let run_id: string;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  api = client(platform.url);
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "charts" });
  ({ run_id } = (await api.call(runsContract, "createRun", { experiment_id, run_name: "curve", start_time: 1_700_000_000_000 })).run.info);
  const value = (step: number) => (step === peak ? 50 : 1 + Math.sin(step / 300) / 2 + (step % 7) / 20);
  for (let offset = 0; offset < count; offset += 1000) {
    const metrics = Array.from({ length: 1000 }, (_, index) => offset + index).map((step) => ({
      key: "train/loss",
      value: value(step),
      timestamp: 1_700_000_000_000 + step * 1000,
      step,
    }));
    await api.call(metricsContract, "logBatch", { run_id, metrics });
  }
  const few = [1, "NaN", 3].map((given, step) => ({ key: "val/acc", value: given, timestamp: 1_700_000_000_000 + step, step }));
  await api.call(metricsContract, "logBatch", { run_id, metrics: few });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

async function open(query: string): Promise<Page> {
  const { page } = await visit(browser, `${platform.url}/runs/${run_id}?tab=charts${query}`, { width: 1400, height: 1000 });
  await page.getByRole("img", { name: /^train\/loss by/ }).waitFor();
  return page;
}
const lossCard = (page: Page) => page.getByRole("region", { name: "Chart of train/loss" });
/** The rows of the chart's table: what it draws. */
async function drawn(page: Page): Promise<readonly (readonly string[])[]> {
  await lossCard(page).getByRole("button", { name: "Table" }).click();
  const rows = lossCard(page).getByRole("row");
  await rows.nth(1).waitFor();
  const texts = (await rows.allInnerTexts()).slice(1);
  return texts.map((row) => row.split("\t").map((cell) => cell.trim()));
}

describe("the chart of a long metric", () => {
  it("says how many of its points it draws, and draws the one that stands out", async () => {
    const page = await open("");

    const badge =
      (await lossCard(page)
        .getByText(/of 12,000 points/)
        .textContent()) ?? "";
    expect(Number(badge.split(" ")[0]?.replace(",", ""))).toBeLessThan(2100);
    await page.goto(`${page.url()}&points-train%2Floss-sort=-value`);
    expect((await drawn(page))[0]).toEqual(["7,654", "curve", "50"]);
  });

  it("is exact where somebody zooms: every point of the stretch, and the badge says so", async () => {
    const page = await open("&zoom=100~149");

    await lossCard(page).getByText("all 50 points here, 12,000 in all").waitFor();
    const steps = (await drawn(page)).map(([step]) => Number(step));
    expect(steps.slice(1, 51).filter((step) => step >= 100 && step <= 149).length + Number(steps[0] === 99)).toBe(50);
  });

  it("zooms by hand and by keyboard, keeps that in the address for every chart, and shows all again", async () => {
    const page = await open("");
    const chart = page.getByRole("img", { name: "train/loss by step" });
    const box = await chart.boundingBox();
    if (!box) throw new Error("the chart has no place");

    await page.mouse.move(box.x + box.width * 0.4, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 120, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/zoom=/);
    await lossCard(page)
      .getByText(/here, 12,000 in all/)
      .waitFor();
    await chart.focus();
    await page.keyboard.press("0");
    await page.waitForURL((url) => !url.search.includes("zoom"));

    await lossCard(page)
      .getByText(/^[\d,]+ of 12,000 points$/)
      .waitFor();
    expect(await page.getByRole("button", { name: "Reset zoom" }).isDisabled()).toBe(true);
  });

  it("smooths over every point, with the raw values behind", async () => {
    const page = await open("&smooth=0.9&zoom=0~3");
    const value = (step: number) => 1 + Math.sin(step / 300) / 2 + (step % 7) / 20;
    let [mean, left] = [0, 1];
    const expected = [0, 1, 2].map((step) => {
      mean = mean * 0.9 + value(step) * 0.1;
      left *= 0.9;
      return (mean / (1 - left)).toPrecision(4);
    });

    const rows = await drawn(page);
    const shown = rows.filter(([, line]) => line === "curve").map(([, , number]) => Number(number).toPrecision(4));
    expect(shown.slice(0, 3)).toEqual(expected);
    expect(rows.filter(([, line]) => line === "curve (raw)").length).toBe(5);
  });

  it("runs over steps, wall time or the time since the first point, straight or logarithmic", async () => {
    const page = await open("&x=relative&zoom=0~4000");
    expect((await drawn(page)).slice(0, 5).map(([at]) => at)).toEqual(["0 ms", "1 s", "2 s", "3 s", "4 s"]);

    await page.getByRole("button", { name: "Wall time" }).click();
    await page.getByRole("img", { name: "train/loss by time", exact: true }).waitFor();
    await page.getByText("Log y").click();
    await page.getByText("Log x").click();
    await page.waitForURL(/x=time.*logy=1.*logx=1/);
    expect(page.url()).not.toContain("zoom");
    await page.getByRole("img", { name: "train/loss by time", exact: true }).waitFor();
  });

  it("runs over another metric where both have a value at a step", async () => {
    const page = await open("");
    await page.getByRole("button", { name: "Along a metric" }).click();
    await page.getByRole("option", { name: "val/acc" }).click();
    await page.getByRole("img", { name: "train/loss by val/acc" }).waitFor();

    expect((await drawn(page)).map(([at]) => at)).toEqual(["1", "3"]);
    expect(new URL(page.url()).searchParams.get("over")).toBe("val/acc");
    await page.getByRole("button", { name: "Relative time" }).click();
    await page.getByRole("img", { name: "train/loss by time since the first point" }).waitFor();
  });

  it("clips outliers where that is asked for, and says how many points are not seen", async () => {
    const page = await open("");
    expect(await lossCard(page).getByText("above or below").count()).toBe(0);
    await page.getByText("Clip outliers").click();
    await lossCard(page).getByText("1 point lies above or below what is shown.").waitFor();
    await page.goto(`${page.url()}&zoom=0~3`);

    await lossCard(page).getByText("No point lies above or below what is shown.").waitFor();
  });

  it("is zoomed together with every other chart of the page", async () => {
    const page = await open("&zoom=0~1");

    await lossCard(page).getByText("all 2 points here, 12,000 in all").waitFor();
    await page.getByRole("region", { name: "Chart of val/acc" }).getByText("all 2 points here, 3 in all").waitFor();
  });

  it("is saved as a picture, as a drawing, and with every point", async () => {
    const page = await open("&zoom=0~3&smooth=0.5");
    await lossCard(page)
      .getByText(/all 4 points/)
      .waitFor();
    const saved = async (kind: string) => {
      await page.getByRole("button", { name: "Save train/loss" }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: kind }).click()]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };

    const [png, svg, csv] = [await saved("Picture (PNG)"), await saved("Drawing (SVG)"), await saved("Every point (CSV)")];
    expect([png.name, svg.name, csv.name]).toEqual(["train-loss.png", "train-loss.svg", "train-loss.csv"]);
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(svg.bytes.toString().match(/<path d="M[\d. ML-]+" fill="none"/g)).toHaveLength(2);
    expect(csv.bytes.toString().trim().split("\r\n")).toHaveLength(1 + count);
  });

  it("finds metrics by text and pattern, and draws those of a pattern in one chart", async () => {
    const page = await open("");
    await page.getByLabel("Find metrics").fill("*/acc");
    await page.getByText("1 of 2 metrics").first().waitFor();
    expect(await page.getByRole("region", { name: "Chart of train/loss" }).count()).toBe(0);

    await page.getByLabel("Find metrics").fill("/loss|acc/");
    await page.getByRole("button", { name: "Draw in one chart" }).click();

    await page.getByRole("img", { name: "/loss|acc/ by step" }).waitFor();
    await page.getByRole("list", { name: "Lines" }).getByRole("button", { name: "val/acc" }).click();
    expect(await page.getByRole("list", { name: "Lines" }).getByRole("button", { name: "val/acc" }).getAttribute("aria-pressed")).toBe("false");
  });
});

describe("the chart of a run that logs", () => {
  it("follows without being drawn anew, and keeps the zoom", async () => {
    const page = await open("&zoom=10~20");
    await page.evaluate("document.querySelector('.uplot').dataset.first = 'yes'");

    await api.call(metricsContract, "logMetric", { run_id, key: "train/loss", value: 9.75, timestamp: 1_700_000_015_500, step: 15 });

    await lossCard(page).getByText("all 12 points here, 12,001 in all").waitFor({ timeout: 10_000 });
    expect(await page.evaluate("document.querySelector('.uplot').dataset.first")).toBe("yes");
    expect(page.url()).toContain("zoom=10~20");
  });
});
