import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { seriousFindings } from "#test/support/accessibility.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client, until } from "../../../scripts/demo/client.ts";
import { readSamples } from "../../../scripts/demo/data.ts";
import { start, trainingRequest } from "../../../scripts/demo/training-steps.ts";

let platform: TestPlatform;
let browser: Browser;
/** A run under way, of an experiment that is not among the newest. */
let tonight: string;
const api = () => client(platform.url);
const { columns } = readSamples();

/** An execution over data that are not there. */
async function fail(name: string): Promise<void> {
  await start(api(), name, trainingRequest(columns, "s3://capstan-data/uploads/none.csv", { training: { algorithm: "linear", seed: 1 } }));
  await until(`the end of ${name}`, 60, async () => {
    const { execution } = await api().call(pipelineContract, "getExecution", { name });
    return execution.status === "failed" ? execution : undefined;
  });
}

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const { experiment_id } = await api().call(experimentsContract, "createExperiment", { name: "nightly" });
  const { run } = await api().call(runsContract, "createRun", { experiment_id, run_name: "tonight", start_time: Date.now() });
  tonight = run.info.run_id;
  for (let made = 0; made < 12; made++) await api().call(experimentsContract, "createExperiment", { name: `later ${made}` });
  await fail("broken-1");
});
/** A busy machine draws late. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

/** A page of a browser that has never been here: contexts of this Chromium share what they remember. */
async function newcomer(): Promise<Page> {
  const { page } = await visit(browser, `${platform.url}/capstan.svg`, { width: 1440 });
  await page.evaluate("localStorage.clear()");
  return page;
}
async function atHome(): Promise<Page> {
  const page = await newcomer();
  await page.goto(platform.url);
  return page;
}
const figure = async (page: Page, label: string) =>
  (await page.locator("main").getByText(label, { exact: true }).locator("..").locator("..").textContent()) ?? "";

describe("home", () => {
  it("says what runs in whatever experiment, with a way to it", async () => {
    const page = await atHome();
    await page.getByText("run of nightly").waitFor();

    expect(await page.getByRole("link", { name: "tonight" }).getAttribute("href")).toBe(`/runs/${tonight}`);
    await soon(() => figure(page, "Running")).toMatch(/^Running1/);
  });

  it("counts the failed runs of a week away beyond what it lists, and leads to all of them", async () => {
    const page = await newcomer();
    const week = Date.now() - 7 * 86_400_000;
    await page.evaluate(`localStorage.setItem("capstan-visit", "${week}")`);
    const run = { runId: "r", name: "f", status: "FAILED", startTime: week, endTime: week + 5, userId: "", experimentId: "1", experimentName: "nightly" };
    const runs = Array.from({ length: 50 }, (_, index) => ({ ...run, runId: `r${index}`, name: `f${index}`, execution: null }));
    let asked = "";
    await page.route("**/capstan/v1/runs/failed*", (route) => {
      asked = route.request().url();
      return route.fulfill({ json: { total: 1234, runs } });
    });
    await page.goto(platform.url);
    await page.getByText("The newest 5 of 1235.").waitFor();

    expect(asked).toContain(`since=${week}`);
    expect(await figure(page, "New failures")).toMatch(/^New failures1235/);
    await page.getByRole("link", { name: "All failed runs" }).click();
    await page.getByRole("heading", { level: 1, name: "Failed runs" }).waitFor();
    expect(page.url()).toContain(`since=${week}`);
  });

  it("lists every run under way on a page of its own", async () => {
    const { page } = await visit(browser, `${platform.url}/runs`);

    await page.getByRole("link", { name: "tonight" }).waitFor();
    await page.getByRole("button", { name: "Failed", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Failed runs" }).waitFor();
    expect(page.url()).toContain("show=failed");
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("says what failed until it is marked as seen, and then only what fails later, also after a reload", async () => {
    const page = await atHome();
    await page.getByRole("link", { name: "broken-1" }).waitFor();
    expect(await page.getByText("This browser has not been here before").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Mark as seen" }).click();
    await page.getByRole("link", { name: "broken-1" }).waitFor({ state: "detached" });
    await page.reload();
    await page.getByText("Nothing has failed.").waitFor();
    await fail("broken-2");

    await page.getByRole("link", { name: "broken-2" }).waitFor();
    expect(await page.getByRole("link", { name: "broken-1" }).count()).toBe(0);
  });

  it("compares with the visit before in a new tab", async () => {
    const page = await atHome();
    await page.getByRole("link", { name: "broken-1" }).waitFor();
    const next = await page.context().newPage();
    await next.goto(platform.url);
    await next.getByText("Nothing has failed.").waitFor();

    expect(await next.getByText(/^Since /).isVisible()).toBe(true);
  });

  it("tells a raised alarm from what the last window showed: a quiet window is never called no drift beside it", async () => {
    const page = await newcomer();
    const monitor = await api().call(monitorsContract, "putMonitor", { name: "watch", endpoint: "shop", reference: { uri: "s3://capstan-data/none.parquet" } });
    const status = { ...monitor.status, emptyWindows: 0, state: "alarm", raisedAt: new Date().toISOString(), lastSeverity: "none" };
    await page.route("**/capstan/v1/monitors", (route) => route.fulfill({ json: { monitors: [{ ...monitor, status }] } }));
    for (const path of ["/", "/drift"]) {
      await page.goto(`${platform.url}${path}`);
      await page.getByRole("link", { name: "watch" }).waitFor();

      expect(await page.getByText("quiet", { exact: true }).isVisible()).toBe(true);
      expect(await page.getByText("no drift").count()).toBe(0);
    }
  });

  it("says how many more there are than it lists, and leads to all of them", async () => {
    const page = await newcomer();
    const { executions } = await api().call(pipelineContract, "listExecutions", { status: "failed" });
    const many = Array.from({ length: 9 }, (_, index) => ({ ...executions[0], name: `broken-${index}` }));
    await page.route("**/capstan/v1/executions?status=failed*", (route) => route.fulfill({ json: { executions: many } }));
    await page.goto(platform.url);
    await page.getByText("The newest 5 of 9.").waitFor();
    await page.getByRole("link", { name: "All failed executions" }).click();

    await page.getByRole("heading", { level: 1, name: "Pipelines" }).waitFor();
    expect(page.url()).toContain("status=failed");
  });

  it("shows why one part is missing while the others stay, and is sound to axe-core", async () => {
    const page = await newcomer();
    await page.route("**/capstan/v1/approvals*", (route) =>
      route.fulfill({ status: 503, headers: { "x-request-id": "r-7" }, json: { message: "the table is busy" } }),
    );
    await page.goto(platform.url);
    await page.getByText("Request r-7").waitFor();
    await page.getByText("run of nightly").waitFor();

    expect(await page.getByText("the table is busy").isVisible()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
  });
});
