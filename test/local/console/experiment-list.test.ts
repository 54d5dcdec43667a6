import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let runId: string;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  for (const name of ["churn", "fraud", "trial a", "trial b"]) {
    const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name, tags: [{ key: "team", value: `of ${name}` }] });
    for (const value of name === "churn" ? [0.5, 0.625, 0.75] : []) {
      const { run } = await api.call(runsContract, "createRun", { experiment_id, run_name: `reached ${value}`, start_time: Date.now() });
      runId = run.info.run_id;
      await api.call(metricsContract, "logMetric", { run_id: runId, key: "accuracy", value, timestamp: 1, step: 0 });
    }
  }
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

async function open(path: string, width = 1440): Promise<Page> {
  const { page } = await visit(browser, `${platform.url}${path}`, { width });
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const said = (page: Page, text: string) => page.getByText(text).filter({ visible: true }).first().waitFor();

describe("the list of experiments", () => {
  it("shows how many runs there are, the latest, and how the metric moved from run to run", async () => {
    const page = await open("/experiments");
    const churn = row(page, "churn");

    await churn.getByRole("img", { name: "accuracy over the newest 3 runs, from 0.5 to 0.75" }).waitFor();
    expect(await churn.getByRole("link", { name: "reached 0.75" }).getAttribute("href")).toBe(`/runs/${runId}`);
    expect(await churn.textContent()).toContain("3, 3 running");
    expect(await row(page, "fraud").textContent()).toContain("no run yet");
  });

  it("is searched by name and tag", async () => {
    const page = await open("/experiments");
    await page.getByRole("searchbox").fill("team: of fra");
    await said(page, "1 found");

    expect(await row(page, "fraud").count()).toBe(1);
    expect(await row(page, "churn").count()).toBe(0);
  });

  it("makes an experiment, says in the dialog why a name is refused, and changes name and description", async () => {
    const page = await open("/experiments");
    await page.getByRole("button", { name: "Create experiment" }).click();
    await page.getByLabel("Name").fill("churn");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Experiment 'churn' already exists.").waitFor();
    await page.getByLabel("Name").fill("pricing");
    await page.keyboard.press("Enter");
    await said(page, "The experiment pricing is there.");
    await page.getByRole("button", { name: "Actions for pricing" }).click();
    await page.getByRole("menuitem", { name: "Edit name and description" }).click();
    await page.getByLabel("Name").fill("prices");
    await page.getByLabel("Description").fill("what people pay");
    await page.getByRole("button", { name: "Save" }).click();

    await row(page, "prices").getByText("what people pay").waitFor();
    expect(await row(page, "pricing").count()).toBe(0);
  });

  it("moves several to the trash at once, and Undo brings them back", async () => {
    const page = await open("/experiments");
    await page.getByRole("checkbox", { name: "Select trial a" }).check();
    await page.getByRole("checkbox", { name: "Select trial b" }).check();
    await page.getByRole("button", { name: "Move to trash" }).click();
    await said(page, "2 experiments are in the trash, with all runs.");
    await row(page, "trial a").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await said(page, "2 experiments are restored, with all runs.");

    await row(page, "trial a").waitFor();
    expect(await row(page, "trial b").count()).toBe(1);
  });
});

describe("the trash", () => {
  it("lists what was deleted and restores it, without a finding of axe-core at any width in either theme", async () => {
    const page = await open("/experiments");
    await page.getByRole("button", { name: "Actions for fraud" }).click();
    await page.getByRole("menuitem", { name: "Move to trash" }).click();
    await said(page, "1 experiment is in the trash, with all runs.");
    await page.getByRole("link", { name: "Trash" }).click();
    await page.getByRole("heading", { level: 1, name: "Trash" }).waitFor();
    await row(page, "fraud").waitFor();

    expect(await findingsEverywhere(page, [320, 1440])).toEqual([]);
    await page.getByRole("button", { name: "Restore fraud" }).click();
    await said(page, "The trash is empty.");
    await page.goto(`${platform.url}/experiments`);
    await row(page, "fraud").waitFor();
  });
});

describe("deleting permanently", () => {
  it("is confirmed by the name, takes the experiment away and frees its name", async () => {
    const api = client(platform.url);
    const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "mistake" });
    await api.call(experimentsContract, "deleteExperiment", { experiment_id });
    const page = await open("/experiments/trash");
    await page.getByRole("checkbox", { name: "Select mistake" }).check();
    await page.getByRole("button", { name: "Delete permanently" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete permanently" });
    await dialog.getByText("This cannot be taken back").waitFor();
    const confirm = dialog.getByRole("button", { name: "Confirm: Delete permanently" });
    const unconfirmed = await confirm.isDisabled();
    await dialog.getByLabel("Type mistake to confirm").fill("mistake");
    await page.keyboard.press("Enter");
    await said(page, "1 experiment deleted for good; files and runs are being removed.");
    await row(page, "mistake").waitFor({ state: "detached" });

    expect(unconfirmed).toBe(true);
    expect((await api.call(experimentsContract, "createExperiment", { name: "mistake" })).experiment_id).not.toBe(experiment_id);
  });

  it("says why one stays whose run a registered version was made of", async () => {
    const api = client(platform.url);
    const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "served" });
    const { run } = await api.call(runsContract, "createRun", { experiment_id, start_time: Date.now() });
    await api.call(registeredModelsContract, "createRegisteredModel", { name: "price" });
    const version = { name: "price", source: `runs:/${run.info.run_id}/model`, run_id: run.info.run_id };
    await api.call(modelVersionsContract, "createModelVersion", version);
    await api.call(experimentsContract, "deleteExperiment", { experiment_id });
    const page = await open("/experiments/trash");
    await page.getByRole("checkbox", { name: "Select served" }).check();
    await page.getByRole("button", { name: "Delete permanently" }).click();
    await page.getByLabel("Type served to confirm").fill("served");
    await page.keyboard.press("Enter");

    await said(page, "version 1 of registered model price was made of");
    await row(page, "served").waitFor();
  });
});

describe("the links that MLflow's client prints", () => {
  it("lead to the experiment and to the run", async () => {
    const page = await open(`/#/experiments/1`);
    expect(new URL(page.url()).pathname).toBe("/experiments/1");
    await page.goto("about:blank");
    await page.goto(`${platform.url}/#/experiments/1/runs/${runId}`);

    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/runs/${runId}`);
  });
});
