import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { decide } from "#test/support/console-keys.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTrainedPlatform, type TrainedPlatform } from "#test/support/trained-platform.ts";
import { until } from "../../../scripts/demo/client.ts";
import { names } from "../../../scripts/demo/names.ts";

let world: TrainedPlatform;
let browser: Browser;
const api = () => world.api;
beforeAll(async () => {
  [world, browser] = await Promise.all([startTrainedPlatform(), startBrowser()]);
  await world.startWaiting("second", 2);
  await api().call(monitorsContract, "putMonitor", {
    name: "drift-of-diagnosis",
    endpoint: names.endpoint,
    reference: { uri: "s3://capstan-data/nothing.parquet" },
  });
});
afterAll(async () => {
  await browser.close();
  await world.platform.stop();
});

const pages = [
  ["/", "Waits for you"],
  ["/pipelines", "second"],
  ["/pipelines/executions/first", "JoinFeatures"],
  ["/pipelines/approvals/second", "Candidate and champion"],
  ["/endpoints", names.endpoint],
  [`/endpoints/${names.endpoint}`, "Variants"],
  [`/endpoints/${names.endpoint}?tab=try`, "worst_area"],
  ["/experiments/1", "columns shown"],
  [`/models/${names.model}`, "champion"],
  ["/drift/drift-of-diagnosis", "Definition"],
  [`/features/${names.view}`, "Online lookup"],
  ["/settings", "Access tokens"],
] as const;

describe("every page, filled by a real story", () => {
  it.each(pages)("%s shows its content in both themes at three widths, without a serious finding of axe-core or an error", async (path, text) => {
    const { page, errors, requests } = await visit(browser, `${world.platform.url}${path}`, { width: 1440 });
    await page.getByText(text).filter({ visible: true }).first().waitFor();

    const found = await findingsEverywhere(page);
    await page.goto("about:blank");

    expect(found).toEqual([]);
    expect(errors).toEqual([]);
    expect(requests.filter((url) => url !== "about:blank" && !url.startsWith(world.platform.url))).toEqual([]);
  });
});

describe("decisions without a mouse", () => {
  it("a version is approved from the inbox with a reason, its rollout shows, and is rolled back", async () => {
    const { page, errors } = await visit(browser, world.platform.url);
    await page.getByRole("link", { name: `${names.model} version 2` }).focus();
    await page.keyboard.press("Enter");
    await decide(page, "Approve", "as good on the same rows");
    await page.getByText(`${names.model} version 2 is approved.`).waitFor();
    const { rolloutId } = await until("the rollout", 30, async () => {
      const { endpoint } = await api().call(endpointContract, "getEndpoint", { name: names.endpoint });
      return endpoint.rolloutId === undefined ? undefined : { rolloutId: endpoint.rolloutId };
    });
    await page.goto(`${world.platform.url}/endpoints/${names.endpoint}`);
    await page.getByRole("link", { name: rolloutId }).first().focus();
    await page.keyboard.press("Enter");
    await decide(page, "Roll back", "not today");

    await page.getByText("rolled back", { exact: true }).first().waitFor();
    const { approval } = await api().call(pipelineContract, "getApproval", { execution: "second" });
    expect(approval.reason).toBe("as good on the same rows");
    const { rollout } = await api().call(endpointContract, "getRollout", { name: names.endpoint, rolloutId });
    expect(rollout.status).toBe("rolledBack");
    expect(errors).toEqual([]);
  });

  it("a prediction is asked for with the form of the model's features", async () => {
    const { page } = await visit(browser, `${world.platform.url}/endpoints/${names.endpoint}?tab=try`);
    await page.getByLabel("worst_area").fill("900");
    await page.keyboard.press("Enter");

    await page.getByText("Answered by", { exact: true }).waitFor();
    expect(await page.getByText("Prediction id").isVisible()).toBe(true);
  });

  it("theme and density are chosen once and remembered", async () => {
    const { page } = await visit(browser, `${world.platform.url}/settings`);
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await page.getByRole("button", { name: "Compact", exact: true }).click();
    await page.reload();

    await page.getByText("Access tokens").waitFor();
    expect(await page.evaluate("document.body.className")).toContain("awsui-dark-mode");
    expect(await page.evaluate("document.body.className")).toContain("awsui-compact-mode");
  });
});
