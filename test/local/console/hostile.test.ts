import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { artifactsContract } from "#contracts/mlflow/artifacts.ts";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

const script = "<script>window.hacked=1</script>";
const image = `"><img src=x onerror="window.hacked=1">`;
const vector = "'-->]]><svg onload=window.hacked=1> 100% .";

let platform: TestPlatform;
let browser: Browser;
let experimentId: string;
let runIds: readonly string[];
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform({ args: ["--auth"] }), startBrowser()]);
  const api = client(platform.url, await token());
  ({ experiment_id: experimentId } = await api.call(experimentsContract, "createExperiment", {
    name: `${script}${image}`,
    tags: [{ key: "owner", value: image }],
  }));
  runIds = await Promise.all(
    [1, 2].map(async (depth) => {
      const { run } = await api.call(runsContract, "createRun", { experiment_id: experimentId, run_name: `${depth}${image}`, start_time: Date.now() });
      const metrics = Array.from({ length: 30 }, (_, step) => ({ key: "val/loss", value: 1 / (depth + step), timestamp: step, step }));
      const params = [
        { key: "note", value: image },
        { key: "depth", value: String(depth) },
      ];
      await api.call(metricsContract, "logBatch", { run_id: run.info.run_id, metrics, params, tags: [{ key: "team", value: script }] });
      const folder = run.info.artifact_uri.replace(/^mlflow-artifacts:\/+/, "");
      await api.call(artifactsContract, "putArtifact", { artifact_path: `${folder}/report.html` }, `<h1>page</h1>${script}${image}`);
      return run.info.run_id;
    }),
  );
  await api.call(registeredModelsContract, "createRegisteredModel", { name: vector, description: script });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const token = async () => (await readFile(platform.tokenFile ?? "", "utf8")).trim();

async function signedIn(path: string) {
  const visited = await visit(browser, platform.url);
  await visited.page.evaluate(`sessionStorage.setItem("capstan-token", ${JSON.stringify(await token())})`);
  await visited.page.goto(`${platform.url}${path}`);
  return visited;
}
const hacked = (page: Page) => page.evaluate("window.hacked");

describe("the console where authentication is on", () => {
  it("asks for a token, refuses a wrong one, and goes on with a right one", async () => {
    const { page } = await visit(browser, platform.url);
    await page.getByLabel("Access token").fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByText("The token that was sent is not in force.").waitFor();

    await page.getByLabel("Access token").fill(await token());
    await page.keyboard.press("Enter");

    await page.getByText("Everything answers.").waitFor();
    expect(await page.evaluate("localStorage.getItem('capstan-token')")).toBeNull();
  });
});

describe("names that are written to do harm", () => {
  it("show as the text that they are, on every page that shows them", async () => {
    const shown: string[] = [];
    for (const [path, text] of [
      ["/experiments", image],
      [`/experiments/${experimentId}?columns=params.note%2Ctags.team`, script],
      [`/runs/${runIds[0]}?tab=params`, image],
      [`/runs/${runIds[0]}?tab=tags`, script],
      [`/runs/${runIds[0]}?tab=artifacts&file=report.html`, "report.html"],
      [`/compare?runs=${runIds.join(",")}&metric=val%2Floss`, `1${image}`],
      ["/models", vector],
      [`/models/${encodeURIComponent(vector).replaceAll(".", "%2E")}`, vector],
    ] as const) {
      const { page, errors } = await signedIn(path);
      await page.getByText(text, { exact: false }).first().waitFor({ timeout: 15_000 });
      if ((await hacked(page)) === undefined) shown.push(path);
      expect(errors.filter((error) => !error.includes("401"))).toEqual([]);
    }

    expect(shown).toHaveLength(8);
  });
});

describe("the address of a page", () => {
  it("holds filter, order and columns of the runs table, and shows the same to a colleague", async () => {
    const { page } = await signedIn(`/experiments/${experimentId}`);
    await page.getByRole("button", { name: "val/loss" }).first().click();
    await page.getByLabel("Filter", { exact: true }).fill("params.depth = '2'");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("1 run", { exact: true }).waitFor();

    const colleague = await signedIn(page.url().slice(platform.url.length));

    await colleague.page.getByRole("status").getByText("1 run", { exact: true }).waitFor();
    expect(await colleague.page.getByLabel("Filter", { exact: true }).inputValue()).toBe("params.depth = '2'");
    expect(colleague.page.url()).toContain("order=metrics.val%2Floss");
    expect(await colleague.page.getByRole("columnheader", { name: "val/loss" }).getAttribute("aria-sort")).not.toBe("none");
  });

  it("shows a run while it logs: a new value stands there without reloading", async () => {
    const { page } = await signedIn(`/runs/${runIds[0]}?tab=metrics`);
    await page
      .getByRole("cell", { name: "val/loss" })
      .or(page.getByRole("rowheader", { name: "val/loss" }))
      .waitFor();

    await client(platform.url, await token()).call(metricsContract, "logMetric", { run_id: runIds[0], key: "fresh", value: 0.4321, timestamp: 1, step: 1 });

    await page.getByTitle("0.4321", { exact: true }).first().waitFor({ timeout: 10_000 });
    expect(await hacked(page)).toBeUndefined();
  });

  it("that leads nowhere says so", async () => {
    const { page } = await signedIn("/no/such/page");

    await page.getByRole("heading", { name: "No such page" }).waitFor();
    expect(await page.getByRole("link", { name: "Go home" }).isVisible()).toBe(true);
  });
});
