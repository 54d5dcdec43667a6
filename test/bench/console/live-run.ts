import type { Browser } from "playwright-core";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { visit } from "#test/support/browser.ts";
import type { Client } from "../../../scripts/demo/client.ts";
import { median } from "../measurement.ts";

const repeats = 5;

/** Milliseconds from the answer to a client that created a run to that run's name in a page that was open before; the median of several. */
export async function liveRunMs(browser: Browser, api: Client, experiment_id: string): Promise<number> {
  const { page } = await visit(browser, `${api.url}/experiments/${experiment_id}`, { width: 1440, height: 900 });
  await page.getByText("history-").first().waitFor();
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const run_name = `just-now-${repeat}`;
    await api.call(runsContract, "createRun", { experiment_id, run_name, start_time: Date.now() });
    const began = performance.now();
    await page.getByText(run_name).first().waitFor({ timeout: 20_000 });
    times.push(performance.now() - began);
  }
  await page.context().close();
  return median(times);
}
