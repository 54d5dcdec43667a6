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
  await api().call(runsContract, "createRun", { experiment_id, run_name: "tonight", start_time: Date.now() });
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
  it("says what runs, with a way to it", async () => {
    const page = await atHome();
    await page.getByText("1 run of 1").waitFor();

    expect(await page.getByRole("link", { name: "nightly" }).getAttribute("href")).toBe("/experiments/1?filter=attributes.status+%3D+%27RUNNING%27");
    await soon(() => figure(page, "Running")).toMatch(/^Running1/);
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
    await page.getByText("1 run of 1").waitFor();

    expect(await page.getByText("the table is busy").isVisible()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
  });
});
