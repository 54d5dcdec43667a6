import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { type Client, client } from "../../../scripts/demo/client.ts";
import { putFile } from "../../../scripts/demo/put-file.ts";

const script = "<script>window.hacked=1</script>";

let platform: TestPlatform;
let browser: Browser;
let api: Client;
let run_id: string;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  api = client(platform.url);
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "runs" });
  const { run } = await api.call(runsContract, "createRun", { experiment_id, run_name: "trial", start_time: Date.now() });
  run_id = run.info.run_id;
  const child = [{ key: "mlflow.parentRunId", value: run_id }];
  await api.call(runsContract, "createRun", { experiment_id, run_name: "fold 1", start_time: Date.now(), tags: child });
  const { model } = await api.call(loggedModelsContract, "createLoggedModel", { experiment_id, name: "scorer", source_run_id: run_id });
  const { model_id } = model.info;
  const signature = `mlflow_version: 3.17.2\nsignature:\n  inputs: '[{"type": "double", "name": "width", "required": true}]'\n  outputs: '[{"type": "long"}]'\n`;
  await putFile(api, model.info.artifact_uri, "MLmodel", signature);
  await putFile(api, model.info.artifact_uri, "requirements.txt", "scikit-learn==1.9.1\n");
  await api.call(loggedModelsContract, "finalizeLoggedModel", { model_id, status: "LOGGED_MODEL_READY" });
  await api.call(registeredModelsContract, "createRegisteredModel", { name: "scorer" });
  await api.call(modelVersionsContract, "createModelVersion", { name: "scorer", source: `models:/${model_id}`, run_id, model_id });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

async function open(path: string) {
  const visited = await visit(browser, `${platform.url}${path}`, { width: 1400, height: 1000 });
  await visited.page.getByRole("heading", { level: 1 }).waitFor();
  return visited;
}
const hacked = (page: Page) => page.evaluate("window.hacked");

describe("a run's own page", () => {
  it("keeps notes in Markdown, and takes the change back when asked", async () => {
    const { page } = await open(`/runs/${run_id}`);
    await page.getByRole("button", { name: "Edit notes" }).waitFor();
    await page.keyboard.press("e");
    await page.getByRole("textbox", { name: "Notes" }).press("Escape");
    await page.getByRole("button", { name: "Edit notes" }).click();
    await page.getByLabel("Notes").last().fill(`Went **well**. ${script}`);
    await page.getByRole("button", { name: "Save notes" }).click();

    await page.getByRole("region", { name: "Notes" }).locator("strong", { hasText: "well" }).waitFor();
    const { run } = await api.call(runsContract, "getRun", { run_id });
    expect(run.data.tags?.find(({ key }) => key === "mlflow.note.content")?.value).toBe(`Went **well**. ${script}`);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Nothing is noted of this run.").waitFor();
    expect(await hacked(page)).toBeUndefined();
  });

  it("renames, deletes and restores", async () => {
    const { page } = await open(`/runs/${run_id}`);
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("renamed");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "renamed" }).waitFor();

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("This run is deleted. It can be restored.").waitFor();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("button", { name: "Delete" }).waitFor();
  });

  it("leads to its logged model, which shows its signature, its packages and where it is registered", async () => {
    const { page } = await open(`/runs/${run_id}`);
    await page.getByRole("table", { name: "Logged models" }).getByRole("link", { name: "scorer" }).click();

    await page.getByRole("rowheader", { name: "width" }).waitFor();
    await page.getByText("3.17.2").waitFor();
    expect(await page.getByRole("link", { name: run_id }).isVisible()).toBe(true);
    await page.getByRole("table", { name: "Registered as" }).getByRole("link", { name: "scorer" }).waitFor();
    await page.getByRole("tab", { name: "Environment" }).click();
    await page.getByText("scikit-learn==1.9.1").waitFor();
  });

  it("leads to the runs that were started within it, and back", async () => {
    const { page } = await open(`/runs/${run_id}`);
    await page.getByRole("link", { name: "fold 1" }).click();
    await page.getByRole("heading", { level: 1, name: "fold 1" }).waitFor();

    await page.getByRole("link", { name: run_id }).click();

    await page.getByRole("table", { name: "Child runs" }).waitFor();
    expect(page.url()).toContain(run_id);
  });
});
