import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { startBrowser } from "#test/support/browser.ts";
import { startTestPlatform } from "#test/support/platform.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { client } from "../../../scripts/demo/client.ts";
import type { AreaResult, BenchOptions, Measurement } from "../measurement.ts";
import { chartMs, logHistories, zoomFrameMs } from "./charts.ts";
import { firstLoadKilobytes, worstLayoutShift } from "./first-load.ts";
import { liveRunMs } from "./live-run.ts";
import { memoryAfter } from "./memory.ts";
import { runsTables } from "./runs-table.ts";

const visits = 20;
const sections = ["/", "/experiments", "/models", "/endpoints", "/pipelines", "/features", "/drift", "/settings"];

/** What the console costs the person in front of it, in real Chromium beside the platform. It has no peer: the goals are absolute. */
export async function webConsole({ tell, parts }: BenchOptions): Promise<AreaResult> {
  const platform = await startTestPlatform();
  parts.defer("platform", () => platform.stop());
  const browser = await startBrowser({ withOwnProcesses: true });
  parts.defer("browser", () => browser.close());
  const { url } = platform;
  const api = client(url);
  const measurements: Measurement[] = [];
  const add = (what: string, unit: string, value: number, most?: number) =>
    measurements.push({ what, unit, better: "lower", own: { value }, ...(most !== undefined && { goal: { most } }) });

  tell("charts: 10 runs of 10,000 points, one of 100,000");
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "histories" });
  const ten = await logHistories(api, experiment_id, 10, 10_000);
  const [long = ""] = await logHistories(api, experiment_id, 1, 100_000);
  const runPage = `/runs/${long}?tab=charts`;
  const comparePage = `/compare?runs=${ten.join(",")}&tab=charts`;
  add("chart of 10 runs x 10,000 points, asked for to drawn", "ms", await chartMs(browser, url + comparePage), 300);
  add("a frame while zooming 100,000 points, 95th percentile", "ms", await zoomFrameMs(browser, url + runPage), 1000 / 30);

  tell("first load, layout shift, memory, a live run");
  add("first load, compressed", "kB", await firstLoadKilobytes(browser, url, "Point your clients here"), 650);
  const paths = [...sections, `/experiments/${experiment_id}`, runPage, comparePage];
  const { path, shift } = await worstLayoutShift(browser, url, paths);
  add(`layout shift, the worst of ${paths.length} pages (${path.split(/\/\w{20,}|\?/)[0]})`, "", shift, 0.05);
  add("a run that a client made, to its row in an open page", "ms", await liveRunMs(browser, api, experiment_id), 1_000);
  const { heapMb, processesMb } = await memoryAfter(
    browser,
    url,
    Array.from({ length: visits }, (_, index) => paths[index % paths.length] ?? "/"),
  );
  add(`memory of the page after ${visits} pages (JavaScript heap)`, "MB", heapMb, 300);
  add(`memory of all of Chromium after ${visits} pages`, "MB", processesMb);
  measurements.push(...(await runsTables(browser, platform, api, tell)));
  return {
    measurements,
    versions: { Capstan: packageJson.version, Chromium: browser.version() },
    notes: [
      "Chromium is headless and draws in software, on the cores that the platform uses as well.",
      "Tables are opened with an empty cache, code of the page included. Sorting and filtering ask the platform; hiding does not. Each metric of 80 has 20 steps, each of 1,500 and of 12,000 one; the runs had been packed into blocks, as happens within a minute or two of a first search, and the platform had come to rest.",
    ],
  };
}
