import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import { leavePages, startBrowser, visit } from "#test/support/browser.ts";
import { decide } from "#test/support/console-keys.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTrainedPlatform, type TrainedPlatform } from "#test/support/trained-platform.ts";
import { names } from "../../../scripts/demo/names.ts";

let world: TrainedPlatform;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startTrainedPlatform(), startBrowser()]);
  await world.startWaiting("second", 2);
});
afterEach(() => leavePages(browser));
afterAll(async () => {
  await browser.close();
  await world.platform.stop();
});

const open = (path: string) => visit(browser, `${world.platform.url}${path}`, { width: 1440, height: 1000 });
const page = (tab = "") => open(`/endpoints/${names.endpoint}${tab}`);
const endpoint = async () => (await world.api.call(endpointContract, "getEndpoint", { name: names.endpoint })).endpoint;
const latestRollout = async () => (await world.api.call(endpointContract, "listRollouts", { name: names.endpoint })).rollouts[0];

/** Starts a rollout of version 2 with the form, and stays on the rollout's page. */
async function startRollout(reason: string): Promise<Page> {
  const { page: shown } = await page("?tab=rollouts");
  await shown.getByRole("button", { name: "Start rollout" }).click();
  const dialog = shown.getByRole("dialog", { name: /Roll out another version/ });
  await dialog.getByRole("button", { name: /Model version/ }).click();
  await shown.getByRole("option", { name: /Version 2/ }).click();
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByLabel("Bake seconds").fill("600");
  await dialog.getByRole("button", { name: "Confirm: start the rollout" }).click();
  await shown.getByText("Started by anonymous").waitFor();
  return shown;
}

describe("a rollout in the console", () => {
  it("is refused at the field that is wrong, then started with the platform's defaults, and holds the shares while it runs", async () => {
    const { page: shown } = await page("?tab=rollouts");
    await shown.getByRole("button", { name: "Start rollout" }).click();
    const dialog = shown.getByRole("dialog", { name: /Roll out another version/ });
    await dialog.getByRole("button", { name: /Model version/ }).click();
    await shown.getByRole("option", { name: /Version 2/ }).click();
    await dialog.getByLabel("Bake seconds").fill("soon");
    await dialog.getByRole("button", { name: "Confirm: start the rollout" }).click();
    await dialog
      .getByText(/expected number.*got "soon"/)
      .last()
      .waitFor();
    await dialog.getByLabel("Bake seconds").fill("600");
    await dialog.getByRole("button", { name: "Confirm: start the rollout" }).click();

    await shown.getByText("Step 1: 5 %").waitFor();
    await shown.getByText("under way").waitFor();
    expect((await latestRollout())?.plan).toMatchObject({ steps: [0.05, 0.25, 0.5], bakeSeconds: 600 });
    const { page: overview } = await page();
    await overview.getByText("holds the shares until it ends").waitFor();
    expect(await overview.getByRole("slider").first().isDisabled()).toBe(true);
  });

  it("is paused, resumed, aborted, started again, promoted and rolled back, each with its reason and without a mouse", async () => {
    const running = (await latestRollout())?.rolloutId ?? "";
    const { page: first } = await open(`/endpoints/${names.endpoint}/rollouts/${running}`);
    await decide(first, "Pause", "lunch");
    await first.getByText("anonymous: lunch").waitFor();
    expect((await latestRollout())?.paused?.reason).toBe("lunch");
    await decide(first, "Resume", "back");
    await first.getByText("The rollout goes on.").waitFor();
    await decide(first, "Abort", "not yet");
    await first.getByText("aborted", { exact: true }).first().waitFor();
    expect(await latestRollout()).toMatchObject({ status: "aborted", reason: "not yet" });

    const second = await startRollout("now");
    await decide(second, "Promote", "seen enough");
    await second.getByText("promoted", { exact: true }).first().waitFor();
    expect((await endpoint()).variants.map(({ name, weight }) => [name, weight])).toEqual([
      ["main", 0],
      ["v2", 1],
    ]);

    await decide(second, "Roll back", "worse after all");
    await second.getByText("rolled back", { exact: true }).first().waitFor();
    expect(await latestRollout()).toMatchObject({ status: "rolledBack", reason: "worse after all" });
    expect((await endpoint()).variants.map(({ weight }) => weight)).toEqual([1, 0]);
  });
});

describe("the shares of an endpoint", () => {
  it("are moved by number or by key; what follows is said first, applied with a reason, kept in the history and taken back", async () => {
    const { page: shown } = await page();
    await shown.getByRole("slider", { name: "Share of v2, by slider" }).focus();
    for (let press = 0; press < 3; press += 1) await shown.keyboard.press("ArrowRight");
    await expect.poll(() => shown.getByLabel("Share of main in percent").inputValue()).toBe("97");
    await shown.getByLabel("Share of v2 in percent").fill("30");
    await shown.getByText("Of 1,000 requests about 700 go to main and 300 go to v2.").first().waitFor();
    await decide(shown, "Apply shares", "half a step");
    await shown.getByText("is shared out anew").waitFor();

    expect((await endpoint()).variants.map(({ weight }) => weight)).toEqual([0.7, 0.3]);
    const { events } = await world.api.call(endpointContract, "listEndpointEvents", { name: names.endpoint });
    expect(events[0]).toMatchObject({ change: "weights", reason: "half a step" });

    await shown.getByRole("button", { name: "Undo" }).click();
    await shown.getByText("The shares are as they were.").waitFor();
    expect((await endpoint()).variants.map(({ weight }) => weight)).toEqual([1, 0]);
  });
});

describe("an endpoint", () => {
  it("is created from a version and deleted once its name was typed", async () => {
    const { page: shown } = await open("/endpoints");
    await shown.getByRole("button", { name: "Create endpoint" }).click();
    const dialog = shown.getByRole("dialog", { name: "Create endpoint" });
    await dialog.getByLabel("Name").fill("second-opinion");
    await dialog.getByRole("button", { name: /Registered model/ }).click();
    await shown.getByRole("option", { name: names.model }).click();
    await dialog.getByRole("button", { name: /Model version/ }).click();
    await shown.getByRole("option", { name: /Version 1/ }).click();
    await dialog.getByRole("button", { name: "Confirm: create endpoint" }).click();
    await shown.getByRole("heading", { name: "second-opinion" }).waitFor();
    await shown.getByRole("button", { name: "Delete", exact: true }).click();
    const confirm = shown.getByRole("button", { name: "Confirm: delete second-opinion" });
    expect(await confirm.isDisabled()).toBe(true);
    await shown.getByLabel("Type second-opinion to confirm").fill("second-opinion");
    await confirm.click();

    await shown.getByText("second-opinion is deleted.").waitFor();
    const { endpoints } = await world.api.call(endpointContract, "listEndpoints", {});
    expect(endpoints.map(({ name }) => name)).toEqual([names.endpoint]);
  });

  it("answers several rows, says who answered in what time, and keeps the answers beside each other", async () => {
    const { page: shown } = await page("?tab=try");
    await shown.getByText("Zeros and empty texts by the signature").waitFor();
    await shown.getByLabel("worst_area").fill("900");
    await shown.getByText("Edited here.").waitFor();
    await shown.getByRole("button", { name: "Add a row like this" }).click();
    await shown.getByLabel("worst_area").fill("100");
    await shown.getByRole("button", { name: "Predict" }).click();

    await shown.getByText("main, version 1").waitFor();
    expect(await shown.getByRole("region", { name: "Request as sent" }).textContent()).toMatch(/"worst_area": 900[\s\S]*"worst_area": 100/);
    expect(await shown.getByRole("table", { name: "Predictions" }).getByRole("row").count()).toBe(3);

    await shown.getByRole("button", { name: /^Ask/ }).click();
    await shown.getByRole("option", { name: /^v2/ }).click();
    await shown.getByRole("button", { name: "Predict" }).click();
    await shown.getByText("v2, version 2").waitFor();
    const answers = await shown.getByRole("table", { name: "Last answers" }).getByRole("row").allInnerTexts();
    expect(answers.slice(1).map((row) => /\b(main|v2)\b/.exec(row)?.[0])).toEqual(["v2", "main"]);
  });

  it("is tried with the input example of its model, and then with what clients asked", async () => {
    const { variants, ...shownEndpoint } = await endpoint();
    const [variant] = variants;
    if (!variant) throw new Error("the endpoint has no variant");
    const { modelUri, signature, modelName, modelVersion } = variant;
    const row = (value: number) => Object.fromEntries((signature?.featureNames ?? []).map((name) => [name, value]));
    const folder = modelUri.replace(/^s3:\/\/[^/]+\/mlflow\//, "");
    const body = JSON.stringify({ dataframe_split: { columns: Object.keys(row(7)), data: [Object.values(row(7))] } });
    const put = await fetch(`${world.platform.url}/api/2.0/mlflow-artifacts/artifacts/${folder}/serving_input_example.json`, { method: "PUT", body });
    expect(put.status).toBe(200);
    await world.api.call(endpointContract, "putEndpoint", { name: "tried", variants: [{ modelName, modelVersion }], captureRate: 1, tags: shownEndpoint.tags });
    await world.api.call(predictionContract, "predict", { endpoint: "tried", rows: [row(5)] });
    await expect.poll(async () => (await world.api.call(endpointContract, "listExampleRows", { name: "tried" })).rows.length, { timeout: 20_000 }).toBe(2);

    const { page: shown } = await open("/endpoints/tried?tab=try");
    await shown.getByText("The input example that was logged with the model.").waitFor();
    expect(await shown.getByLabel("worst_area").inputValue()).toBe("7");
    await shown.getByRole("button", { name: "Another row" }).click();
    await shown.getByText(/A client asked this row/).waitFor();
    expect(await shown.getByLabel("worst_area").inputValue()).toBe("5");
  });

  it.each(["?tab=overview", "?tab=rollouts", "?tab=try", "?tab=clients", "?tab=history", "/rollouts/latest"])(
    "%s is without a serious finding of axe-core in both themes at three widths",
    async (path) => {
      const { page: shown, errors } = await page(path.replace("latest", (await latestRollout())?.rolloutId ?? ""));
      await shown.getByRole("heading", { level: 2 }).first().waitFor();

      expect(await findingsEverywhere(shown)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );
});
