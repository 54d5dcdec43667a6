import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { seriousFindings } from "#test/support/accessibility.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  await client(platform.url).call(experimentsContract, "createExperiment", { name: "forecast" });
});
/** A busy machine draws late. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

async function open(path: string): Promise<Page> {
  const { page } = await visit(browser, `${platform.url}${path}`, { width: 1280 });
  await page.locator("h1").waitFor();
  return page;
}
const focused = (page: Page) => page.evaluate<string>("document.activeElement.textContent");
/** No heading is Home's heading, so nothing happens by accident where nothing should. */
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

describe("keys", () => {
  it("g and a letter goes to each section, whose heading takes the focus and whose name is the tab's", async () => {
    const page = await open("/no/such/page");
    for (const [key, name] of Object.entries({
      h: "Home",
      e: "Experiments",
      m: "Models",
      n: "Endpoints",
      p: "Pipelines",
      f: "Features",
      d: "Drift",
      s: "Settings",
    })) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await heading(page, name);
      await soon(() => focused(page)).toBe(name);
      expect(await page.title()).toBe(`${name} - Capstan`);
    }
  });

  it("/ goes to the page's search, where letters are letters again", async () => {
    const page = await open("/experiments");
    await page.getByText("forecast").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("gh?");

    expect(await page.getByRole("searchbox").inputValue()).toBe("gh?");
    expect(new URL(page.url()).pathname).toBe("/experiments");
  });

  it("? lists every key without a serious finding of axe-core, and Escape closes the list", async () => {
    const page = await open("/experiments");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.getByText("Go to Drift").waitFor();

    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
  });

  it("do nothing together with Ctrl or Alt, nor where they are switched off", async () => {
    const page = await open("/settings");
    await page.keyboard.press("Control+g");
    await page.keyboard.press("Alt+h");
    await page.getByText("Single keys do something").click();
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.keyboard.press("?");

    expect(new URL(page.url()).pathname).toBe("/settings");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("the first Tab offers to skip the bars", async () => {
    const page = await open("/models");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the page");
    await page.keyboard.press("Enter");

    expect(await focused(page)).toBe("Models");
  });
});

describe("dates", () => {
  it("are told by the clock that is chosen, at once and after a reload", async () => {
    const context = await browser.newContext({ timezoneId: "Asia/Tokyo" });
    const page = await context.newPage();
    await page.goto(`${platform.url}/experiments`);
    const created = page
      .getByRole("row", { name: /forecast/ })
      .locator("time")
      .first();
    const local = await created.getAttribute("title");
    await page.getByRole("button", { name: "Appearance" }).click();
    await page.getByRole("menuitemcheckbox", { name: "UTC" }).click();

    await soon(() => created.getAttribute("title")).toMatch(/UTC$/);
    await page.reload();
    const utc = (await created.getAttribute("title")) ?? "";
    expect(new Date(`${local} GMT+0900`).getTime()).toBe(new Date(utc).getTime());
  });
});

describe("a platform that does not answer", () => {
  it("is told with the time since when, what was read stays and is marked, and comes back by itself", async () => {
    const page = await open("/experiments");
    await page.getByText("forecast").waitFor();
    await page.route("**/*", (route) => route.abort());

    await page.getByText(/The platform does not answer since/).waitFor();
    expect(await page.getByText(/^as of /).isVisible()).toBe(true);
    expect(await page.getByText("forecast").isVisible()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.unroute("**/*");

    await page.getByText(/The platform does not answer since/).waitFor({ state: "detached" });
    expect(await page.getByText(/^as of /).count()).toBe(0);
  });

  it("that refuses a list says so in its place with the request's id, and shows it when asked again", async () => {
    const { page } = await visit(browser, `${platform.url}/features`);
    await page.route("**/capstan/v1/features/views*", (route) =>
      route.fulfill({ status: 500, headers: { "x-request-id": "r-1" }, json: { message: "the table is gone" } }),
    );
    await page.reload();
    await page.getByText("the table is gone").waitFor();
    expect(await page.getByText("Request r-1").isVisible()).toBe(true);
    await page.unroute("**/capstan/v1/features/views*");

    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("the table is gone").waitFor({ state: "detached" });
  });
});
