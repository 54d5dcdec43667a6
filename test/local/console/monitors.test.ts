import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { leavePages, startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { type Client, client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let api: Client;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  api = client(platform.url);
  await api.call(monitorsContract, "putMonitor", {
    name: "churn",
    endpoint: "churn",
    reference: { uri: "s3://data/train.csv" },
    features: [{ name: "age", type: "numeric" }],
    enabled: false,
  });
});
afterEach(() => leavePages(browser));
afterAll(async () => {
  await browser.close();
  await platform.stop();
});
const open = (path: string) => visit(browser, `${platform.url}${path}`, { width: 1440, height: 1000 });
const monitor = async (name: string) => await api.call(monitorsContract, "getMonitor", { name });

describe("a monitor in the console", () => {
  it("is created with a form of the platform's schema: refused at the field that is wrong, then there", async () => {
    const { page } = await open("/drift");
    await page.getByRole("button", { name: "Create monitor" }).click();
    const dialog = page.getByRole("dialog", { name: "Create monitor" });
    await dialog.getByLabel("Name", { exact: true }).fill("fresh");
    await dialog.getByLabel("Endpoint", { exact: true }).fill("churn");
    await dialog.getByRole("button", { name: /^Reference/ }).click();
    await page.getByRole("option", { name: "uri" }).click();
    await dialog.getByRole("textbox", { name: "Uri" }).fill("s3://data/train.csv");
    await dialog.getByLabel("Window minutes").fill("soon");
    await dialog.getByRole("button", { name: "Confirm: save the monitor" }).click();
    await dialog
      .getByText(/expected number.*got "soon"/)
      .last()
      .waitFor();
    await dialog.getByLabel("Window minutes").fill("90");
    await dialog.getByRole("button", { name: "Confirm: save the monitor" }).click();

    await page.waitForURL("**/drift/fresh");
    expect(await monitor("fresh")).toMatchObject({ endpoint: "churn", reference: { uri: "s3://data/train.csv" }, windowMinutes: 90 });
  });

  it("is edited in place, and keeps what the form was not asked to change", async () => {
    const { page } = await open("/drift/churn");
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Edit churn" });
    await dialog.getByLabel("Window minutes").fill("60");
    await dialog.getByRole("button", { name: "Confirm: save the monitor" }).click();
    await page.getByText("Monitor churn is saved.").waitFor();

    expect(await monitor("churn")).toMatchObject({ windowMinutes: 60, enabled: false, features: [{ name: "age" }], reference: { uri: "s3://data/train.csv" } });
  });

  it("has a column muted with a reason, shows who wanted it, and lets it count again", async () => {
    const { page, errors } = await open("/drift/churn");
    await page.getByRole("button", { name: "Mute", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Mute churn" });
    const confirm = dialog.getByRole("button", { name: "Confirm: mute" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: /^What/ }).click();
    await page.getByRole("option", { name: "age" }).click();
    await dialog.getByLabel("Reason").fill("a new form");
    await confirm.click();

    const row = page.getByRole("table", { name: "Muted" }).getByRole("row", { name: /age/ });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/anonymous[\s\S]*a new form/);
    expect((await monitor("churn")).mutes).toMatchObject([{ column: "age", by: "anonymous", reason: "a new form" }]);
    expect(await findingsEverywhere(page, [1440, 320])).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole("button", { name: "Unmute age" }).click();
    await page.getByText("Nothing is muted: every finding counts for the alarm.").waitFor();

    expect((await monitor("churn")).mutes).toEqual([]);
    expect(errors).toEqual([]);
  });
});
