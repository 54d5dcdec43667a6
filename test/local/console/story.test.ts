import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { seriousFindings } from "#test/support/accessibility.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client, until } from "../../../scripts/demo/client.ts";
import { readSamples } from "../../../scripts/demo/data.ts";
import { pushFeatures, uploadData } from "../../../scripts/demo/data-steps.ts";
import { names } from "../../../scripts/demo/names.ts";
import { ended, start, trainingRequest } from "../../../scripts/demo/training-steps.ts";

let platform: TestPlatform;
let browser: Browser;
const api = () => client(platform.url);
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const { columns, samples } = readSamples();
  await pushFeatures(api(), columns, samples);
  const sourceUri = await uploadData(api(), columns, samples, "all.csv");
  await start(api(), "first", trainingRequest(columns, sourceUri, { training: { algorithm: "linear", seed: 1 } }));
  await ended(api(), "first", 60, ["succeeded"]);
  const request = trainingRequest(columns, sourceUri, {
    training: { algorithm: "linear", seed: 2, options: { penalty: 3 } },
    comparison: { minimumImprovement: -1 },
    approval: { mode: "manual", timeoutSeconds: 600 },
    rollout: { steps: [0.1], bakeSeconds: 600, evaluateEverySeconds: 60 },
  });
  await start(api(), "second", request);
  await until("the approval request", 60, async () => (await api().call(pipelineContract, "listApprovals", { status: "pending" })).approvals[0]);
  await api().call(monitorsContract, "putMonitor", {
    name: "drift-of-diagnosis",
    endpoint: names.endpoint,
    reference: { uri: "s3://capstan-data/nothing.parquet" },
  });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<string>("(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? '').trim()");
    if (focused === name) return;
  }
  throw new Error(`the focus never came to ${name}`);
}

/** Opens a dialog, gives a reason and confirms, without a mouse. */
async function decide(page: Page, action: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: action, exact: true }).and(page.locator(":enabled")).waitFor();
  await tabTo(page, action);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: action }).waitFor();
  await page.getByRole("dialog", { name: action }).getByLabel("Reason").focus();
  await page.keyboard.type(reason);
  await tabTo(page, `Confirm: ${action}`);
  await page.keyboard.press("Enter");
}

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
    const { page, errors, requests } = await visit(browser, `${platform.url}${path}`, { width: 1440 });
    await page.getByText(text).first().waitFor();

    const found: (readonly string[])[] = [];
    const beyond: unknown[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1440, 768, 320]) {
        await page.setViewportSize({ width, height: 900 });
        found.push(await seriousFindings(page));
        beyond.push(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
      }
    }
    await page.goto("about:blank");

    expect(found.flat()).toEqual([]);
    expect(beyond).toEqual([0, 0, 0, 0, 0, 0]);
    expect(errors).toEqual([]);
    expect(requests.filter((url) => url !== "about:blank" && !url.startsWith(platform.url))).toEqual([]);
  });
});

describe("decisions without a mouse", () => {
  it("a version is approved from the inbox with a reason, its rollout shows, and is rolled back", async () => {
    const { page, errors } = await visit(browser, platform.url);
    await page.getByRole("link", { name: `${names.model} version 2` }).focus();
    await page.keyboard.press("Enter");
    await decide(page, "Approve", "as good on the same rows");
    await page.getByText(`${names.model} version 2 is approved.`).waitFor();
    const { rolloutId } = await until("the rollout", 30, async () => {
      const { endpoint } = await api().call(endpointContract, "getEndpoint", { name: names.endpoint });
      return endpoint.rolloutId === undefined ? undefined : { rolloutId: endpoint.rolloutId };
    });
    await page.goto(`${platform.url}/endpoints/${names.endpoint}`);
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
    const { page } = await visit(browser, `${platform.url}/endpoints/${names.endpoint}?tab=try`);
    await page.getByLabel("worst_area").fill("900");
    await page.keyboard.press("Enter");

    await page.getByText("Answered by", { exact: true }).waitFor();
    expect(await page.getByText("Prediction id").isVisible()).toBe(true);
  });

  it("theme and density are chosen once and remembered", async () => {
    const { page } = await visit(browser, `${platform.url}/settings`);
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await page.getByRole("button", { name: "Compact", exact: true }).click();
    await page.reload();

    await page.getByText("Access tokens").waitFor();
    expect(await page.evaluate("document.body.className")).toContain("awsui-dark-mode");
    expect(await page.evaluate("document.body.className")).toContain("awsui-compact-mode");
  });
});
