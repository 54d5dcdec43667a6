import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { featureContract } from "#contracts/platform/features.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

const hostile = `"><img src=x onerror="window.hacked=1">`;
let platform: TestPlatform;
let browser: Browser;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  await api.call(featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
  await api.call(featureContract, "putFeatureView", {
    name: "stats",
    entities: ["driver"],
    owner: hostile,
    description: hostile,
    tags: { team: hostile },
    features: [
      { name: "trips", valueType: "INT64" },
      { name: "note", valueType: "STRING" },
    ],
  });
  await api.call(featureContract, "putFeatureService", { name: "pricing", features: ["stats:trips"] });
  await api.call(featureContract, "pushFeatureRows", {
    name: "stats",
    rows: [
      { driver_id: 7, event_timestamp: "2026-01-01T10:00:00Z", trips: 1, note: hostile },
      { driver_id: 7, event_timestamp: "2026-01-02T10:00:00Z", trips: 22, note: "later" },
    ],
  });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

describe("features in the console", () => {
  it.each([
    ["/features", "trips, note"],
    ["/features/stats", "Served up to an age of"],
    ["/features/stats?tab=preview", "Join rows"],
    ["/features/stats?tab=parity", "Compare"],
    ["/features/stats?tab=consumers", "pricing"],
  ])("%s shows %s in both themes, wide and narrow, without a serious finding of axe-core or an error", async (path, text) => {
    const { page, errors } = await visit(browser, `${platform.url}${path}`, { width: 1440 });
    await page.getByText(text).filter({ visible: true }).first().waitFor();

    const found = await findingsEverywhere(page, [1440, 320]);

    expect(found).toEqual([]);
    expect(errors).toEqual([]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    await page.goto("about:blank");
  });

  it("lays what is served beside the history, for keys that are there and keys that are not", async () => {
    const { page } = await visit(browser, `${platform.url}/features/stats?tab=parity`);
    await page.getByLabel("Keys").fill("driver_id\n7\n8");
    await page.getByRole("button", { name: "Compare" }).click();

    await page.getByText("Both stores agree.").first().waitFor();
    const rows = await page.getByRole("table", { name: "Values" }).getByRole("row").allTextContents();
    expect(rows.slice(1).toSorted()).toEqual(["7notelaterlatersame", "7trips2222same", "8note--same", "8trips--same"]);
  });

  it("joins pasted rows point in time: the value of then, and none before there was any", async () => {
    const { page } = await visit(browser, `${platform.url}/features/stats?tab=preview`);
    await page.getByLabel("Rows", { exact: true }).fill("driver_id,event_timestamp\n7,2026-01-01T12:00:00Z\n7,2026-01-03\n7,2025-12-31\n8,2026-01-03\n");
    await page.getByText("4 rows").waitFor();
    await page.getByRole("button", { name: "Join rows" }).focus();
    await page.keyboard.press("Enter");
    const table = page.getByRole("table", { name: "Joined rows" });
    await table.waitFor();
    const cells = await Promise.all((await table.locator("tbody tr").all()).map(async (row) => await row.locator("td, th").allInnerTexts()));

    expect(cells.map((row) => [row[3], row[4]])).toEqual([
      ["1", hostile],
      ["22", "later"],
      ["-", "-"],
      ["-", "-"],
    ]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    await page.getByText("Rows without any value").waitFor();
  });

  it("refuses a time that is none in the platform's words, and keeps what was pasted", async () => {
    const { page } = await visit(browser, `${platform.url}/features/stats?tab=preview`);
    await page.getByLabel("Rows", { exact: true }).fill("driver_id,event_timestamp\n7,soon\n");
    await page.getByRole("button", { name: "Join rows" }).click();
    await page.getByText("event_timestamp").nth(1).waitFor();
    await page.getByText("The request was refused").waitFor();

    expect(await page.getByLabel("Rows", { exact: true }).inputValue()).toContain("7,soon");
  });

  it("looks a key up online, and says what a key of this type must be", async () => {
    const { page } = await visit(browser, `${platform.url}/features/stats?tab=online`);
    await page.getByLabel("driver_id").fill("seven");
    await page.getByText("Must be a whole number.").waitFor();
    await page.getByLabel("driver_id").fill("7");
    await page.keyboard.press("Enter");
    const table = page.getByRole("table", { name: "Served now" });
    await table.waitFor();

    expect(await table.getByRole("row", { name: /trips/ }).textContent()).toMatch(/trips22present/);
  });
});
