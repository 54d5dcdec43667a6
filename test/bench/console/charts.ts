import type { Browser } from "playwright-core";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { visit } from "#test/support/browser.ts";
import type { Client } from "../../../scripts/demo/client.ts";
import { frameTimes, timeTo } from "./in-page.ts";

const batch = 1_000;
const metricKey = "train/loss";

/** Logs runs with a long history of one metric. @returns their ids */
export async function logHistories(api: Client, experiment_id: string, runs: number, points: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start_time = 1_763_700_000_000 + run;
    const { run: created } = await api.call(runsContract, "createRun", { experiment_id, run_name: `history-${points}-${run}`, start_time });
    ids.push(created.info.run_id);
    for (let first = 0; first < points; first += batch) {
      const metrics = Array.from({ length: batch }, (_, index) => {
        const step = first + index;
        return { key: metricKey, value: Math.exp(-step / points) + ((step * 7_919 + run * 104_729) % 1_009) / 10_000, timestamp: start_time + step, step };
      });
      await api.call(metricsContract, "logBatch", { run_id: created.info.run_id, metrics });
    }
  }
  return ids;
}

/** Remembers when the first chart was on the screen. */
const watchCharts = `new MutationObserver((_records, observer) => {
  if (!document.querySelector(".chart canvas")) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.chartDrawn = performance.now(); }));
}).observe(document, { childList: true, subtree: true })`;

/** Milliseconds from the moment a page asks for the points of its chart to the chart on the screen. */
export async function chartMs(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchCharts);
  await page.goto(url);
  await timeTo(page, "", "window.chartDrawn !== undefined");
  const spent = await page.evaluate<number>(
    `window.chartDrawn - performance.getEntriesByType("resource").find(({ name }) => name.includes("/metrics/series")).startTime`,
  );
  await context.close();
  return spent;
}

/** Milliseconds of a frame, the 95th of a hundred, while a chart is zoomed in and out with the wheel in every frame. */
export async function zoomFrameMs(browser: Browser, url: string): Promise<number> {
  const { page } = await visit(browser, url, { width: 1440, height: 900 });
  await page.locator(".chart .u-over").first().waitFor({ timeout: 60_000 });
  await page.locator(".chart .u-over").first().scrollIntoViewIfNeeded();
  const times = await frameTimes(
    page,
    180,
    `const over = document.querySelector(".chart .u-over");
     const { left, top, width, height } = over.getBoundingClientRect();
     over.dispatchEvent(new WheelEvent("wheel", {
       ctrlKey: true, bubbles: true, cancelable: true,
       clientX: left + width * 0.4, clientY: top + height / 2,
       deltaY: frame % 24 < 12 ? -100 : 100,
     }))`,
  );
  await page.context().close();
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}
