import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { leavePages, startBrowser, visit } from "#test/support/browser.ts";
import { decide } from "#test/support/console-keys.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTrainedPlatform, type TrainedPlatform } from "#test/support/trained-platform.ts";

let world: TrainedPlatform;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startTrainedPlatform(), startBrowser()]);
  await world.startWaiting("second", 2);
  await world.startWaiting("third", 3);
});
afterEach(() => leavePages(browser));
afterAll(async () => {
  await browser.close();
  await world.platform.stop();
});

const open = (path: string) => visit(browser, `${world.platform.url}${path}`, { width: 1440, height: 1000 });
const execution = async (name: string) => (await world.api.call(pipelineContract, "getExecution", { name })).execution;

describe("an execution's graph", () => {
  it("shows how each state stands by sign and word, and follows the execution until it ends", async () => {
    const { page } = await open("/pipelines/executions/third");
    const state = (name: string) => page.locator(`[role=button][data-state="${name}"]`);
    await state("AwaitApproval").waitFor();

    expect(await state("Train").getAttribute("aria-label")).toMatch(/^✓ Train succeeded, .*; Task, retried up to 9 times$/);
    expect(await state("AwaitApproval").getAttribute("data-look")).toBe("waiting");
    expect(await state("RollOut").getAttribute("aria-label")).toMatch(/not entered/);

    await world.api.call(pipelineContract, "reject", { execution: "third", reason: "for the test" });
    await expect.poll(() => state("AwaitApproval").getAttribute("data-look"), { timeout: 20_000 }).toBe("succeeded");
    await expect.poll(() => state("Finish").getAttribute("data-look"), { timeout: 20_000 }).toBe("succeeded");
  });

  it("is walked by arrow keys; Enter shows what a step was given and what it gave", async () => {
    const { page } = await open("/pipelines/executions/first");
    await page.getByRole("button", { name: /^Begin Pass/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");

    await page.getByRole("region", { name: "Input" }).waitFor();
    expect(new URL(page.url()).searchParams.get("step")).toBe("Admit");
    expect(await page.getByRole("region", { name: "Output" }).textContent()).toContain("rolloutId");
    expect(await page.getByRole("button", { name: /^✓ Admit succeeded/ }).getAttribute("aria-pressed")).toBe("true");
  });
});

describe("an execution's time", () => {
  it("is a bar for each step, read out in words, with what was waited for; a bar shows its step", async () => {
    const { page } = await open("/pipelines/executions/third?view=time");
    const bars = page.getByRole("list", { name: "Steps in time" }).getByRole("button");
    await bars.first().waitFor();

    expect(await bars.first().getAttribute("title")).toMatch(/^Admit: succeeded, began after \d+ m?s, took \d+ m?s/);
    expect(await page.getByTitle(/^AwaitApproval: .* waiting$/).count()).toBe(1);
    await page.getByTitle(/^Train: succeeded/).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Log of Train/ }).waitFor();
    expect(new URL(page.url()).searchParams.get("view")).toBe("time");
  });
});

describe("the list of executions", () => {
  it("is filtered by tokens over all executions, and its address holds them", async () => {
    const { page } = await open("/pipelines?status=succeeded&model=diagnosis");
    await page.getByRole("link", { name: "first", exact: true }).waitFor();
    expect(await page.getByRole("link", { name: "third", exact: true }).count()).toBe(0);
    expect(await page.getByText("diagnosis version 1").count()).toBe(1);

    await page.getByRole("button", { name: /^Remove.*State/ }).click();
    await page.getByRole("link", { name: "third", exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("?model=diagnosis");
    const filter = page.getByRole("combobox", { name: "Filter all executions" });
    await filter.fill("Started by = nobody");
    await page.keyboard.press("Enter");
    await page.getByText("No execution matches the filter.").waitFor();
    expect(new URL(page.url()).searchParams.get("by")).toBe("nobody");
  });
});

describe("a step's log", () => {
  it("shows what the step wrote, the lines that hold the words of the filter, and keeps the filter in the address", async () => {
    const { page } = await open("/pipelines/executions/first?step=Train");
    const lines = page.getByRole("region", { name: "Lines" }).getByRole("listitem");
    await lines.first().waitFor();

    expect(await lines.first().textContent()).toMatch(/info.*train-model begins/);
    expect(await lines.last().textContent()).toMatch(/train-model has ended.*algorithm=linear/);
    await page.getByLabel("Filter lines").fill("judged PENALTY");
    await expect.poll(async () => [...new Set(await lines.allTextContents())].every((text) => text.includes("penalty"))).toBe(true);
    expect(new URL(page.url()).searchParams.get("log")).toBe("judged PENALTY");
  });

  it("follows a step that waits, makes an error's line stand out, and says where a state runs no code", async () => {
    const { page } = await open("/pipelines/executions/second?step=AwaitApproval");
    await page.getByText("request-approval has ended").waitFor();
    expect(await page.getByRole("checkbox", { name: "Follow" }).isChecked()).toBe(true);

    const { request } = await world.api.call(pipelineContract, "getExecution", { name: "first" });
    await world.api.call(pipelineContract, "startExecution", { name: "nonsense", request: { ...request, pipeline: "nonsense", target: "price" } });
    await page.goto(`${world.platform.url}/pipelines/executions/nonsense?step=JoinFeatures`);
    await page.getByText("This state runs no code of its own").waitFor();
    await expect.poll(async () => (await execution("nonsense")).status, { timeout: 20_000 }).toBe("failed");
    await page.goto(`${world.platform.url}/pipelines/executions/nonsense?step=Train`);
    await page.locator(".log li[data-level=error]").filter({ hasText: "train-model has failed" }).waitFor();
  });
});

describe("a failed execution", () => {
  it("is retried from the step that failed, after saying what is kept and what is run again", async () => {
    const { request } = await world.api.call(pipelineContract, "getExecution", { name: "first" });
    const dataset = { ...request.dataset, sourceUri: request.dataset.sourceUri.replace("all.csv", "late.csv") };
    await world.api.call(pipelineContract, "startExecution", { name: "late", request: { ...request, pipeline: "late", dataset } });
    await expect.poll(async () => (await execution("late")).retryFrom, { timeout: 20_000 }).toBe("Ingest");
    const { page } = await open("/pipelines/executions/late");
    const state = (name: string) => page.locator(`[role=button][data-state="${name}"]`);
    expect(await state("Ingest").getAttribute("data-look")).toBe("failed");
    expect(await state("Reopen").getAttribute("aria-label")).toMatch(/not entered/);

    await page.getByRole("button", { name: "Retry from Ingest" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toMatch(/what these steps did: Admit\..*Ingest, and all that follows it/);
    await dialog.getByRole("button", { name: "Confirm: Retry from Ingest" }).click();

    await page.getByText("late goes on.").waitFor();
    await page.getByText(/^once, /).waitFor();
    await expect.poll(async () => (await execution("late")).retries, { timeout: 20_000 }).toBe(1);
  });
});

describe("the start form", () => {
  it("says at the field what the platform refuses, and starts what an earlier execution was asked once that is mended", async () => {
    const { page } = await open("/pipelines/start?from=first");
    await page.getByLabel("Name").first().fill("again");
    await page.getByLabel("Target", { exact: true }).fill("");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("request.target: is required").waitFor();
    expect(await page.getByLabel("Target", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Target", { exact: true }).fill("target");
    await page.getByRole("button", { name: "Start", exact: true }).click();

    await page.getByRole("heading", { name: "again" }).waitFor();
    const { request } = await world.api.call(pipelineContract, "getExecution", { name: "again" });
    const first = await world.api.call(pipelineContract, "getExecution", { name: "first" });
    expect({ ...request, trigger: undefined }).toEqual({ ...first.request, trigger: undefined });
    expect((await execution("again")).trigger).toBe("manual");
  });

  it("shows the same document as JSON, and takes what is written there", async () => {
    const { page } = await open("/pipelines/start");
    await page.getByLabel("Pipeline", { exact: true }).fill("nightly");
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    const document = page.getByLabel("Document");
    expect(JSON.parse(await document.inputValue())).toEqual({ dataset: {}, pipeline: "nightly" });
    await document.fill('{ "pipeline": "weekly", "dataset": { "name": "a" }, "approval": { "mode": "manual" } }');
    await page.getByRole("button", { name: "Form", exact: true }).click();

    expect(await page.getByLabel("Pipeline", { exact: true }).inputValue()).toBe("weekly");
    expect(await page.getByLabel("Timeout seconds").isVisible()).toBe(true);
  });
});

describe("an approval", () => {
  it("is rejected from the list with a reason, without a mouse: the execution ends and says who decided", async () => {
    const { page } = await open("/pipelines?tab=approvals&decision=pending");
    await page
      .getByRole("link", { name: /version/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await decide(page, "Reject", "not on these rows");

    await page.getByText("rejected", { exact: true }).first().waitFor();
    const { approval } = await world.api.call(pipelineContract, "getApproval", { execution: "second" });
    expect(approval).toMatchObject({ status: "rejected", reason: "not on these rows", decidedBy: "anonymous" });
    await expect.poll(async () => (await execution("second")).status, { timeout: 20_000 }).toBe("rejected");
  });
});

describe("every page of pipelines", () => {
  it.each([
    "/pipelines?status=succeeded&since=1+day",
    "/pipelines?tab=approvals",
    "/pipelines/start",
    "/pipelines/executions/first?step=Train",
    "/pipelines/executions/first?view=time&step=Train",
    "/pipelines/approvals/second",
  ])("%s is without a serious finding of axe-core in both themes at three widths", async (path) => {
    const { page, errors } = await open(path);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    if (path.includes("first")) await page.getByRole("region", { name: "Output" }).waitFor();

    expect(await findingsEverywhere(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
