import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { seriousFindings } from "#test/support/accessibility.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let runId: string;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "demand forecast" });
  const { run } = await api.call(runsContract, "createRun", { experiment_id, run_name: "zebra's crossing", start_time: Date.now() });
  runId = run.info.run_id;
  for (let made = 0; made < 12; made++) await api.call(experimentsContract, "createExperiment", { name: `later ${made}` });
  await api.call(registeredModelsContract, "createRegisteredModel", { name: "forecaster" });
});
/** A busy machine draws late. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

async function palette(path = "/"): Promise<{ readonly page: Page; readonly requests: readonly string[] }> {
  const { page, requests } = await visit(browser, `${platform.url}${path}`);
  await page.locator("h1").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search everything" }).waitFor();
  return { page, requests };
}
const options = (page: Page) => page.getByRole("option");
const pathOf = (page: Page) => new URL(page.url()).pathname;

describe("the palette", () => {
  it.each([
    ["demand", "demand forecast", /^\/experiments\/\d+$/],
    ["zebra's", "zebra's crossing", /^\/runs\/[0-9a-f]{32}$/],
    ["forecaster", "forecaster", /^\/models\/forecaster$/],
    ["endp", "Endpoints", /^\/endpoints$/],
  ] as const)("finds by %s what is called %s, and Enter goes there", async (typed, text, path) => {
    const { page } = await palette();
    await page.keyboard.type(typed);
    await soon(async () => (await options(page).first().textContent()) ?? "").toContain(text);
    await page.keyboard.press("Enter");

    await soon(() => pathOf(page)).toMatch(path);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("finds a run by its whole id", async () => {
    const { page } = await palette();
    await page.keyboard.type(runId);
    await soon(async () => (await options(page).first().textContent()) ?? "").toContain("zebra's crossing");
  });

  it("asks each route once for a word typed in one go", async () => {
    const { page, requests } = await palette("/settings");
    await page.keyboard.type("forecast", { delay: 15 });
    const asked = () => requests.filter((url) => url.includes("registered-models/search"));
    await soon(() => asked().length).toBeGreaterThan(0);
    await page.waitForLoadState("networkidle");

    expect(asked()).toHaveLength(1);
  });

  it("offers first what was gone to with it last, on the next visit too", async () => {
    const { page } = await palette();
    await page.keyboard.type("forecaster");
    await soon(async () => (await options(page).first().textContent()) ?? "").toContain("Model");
    await page.keyboard.press("Enter");
    await soon(() => pathOf(page)).toBe("/models/forecaster");
    await page.goto(platform.url);
    await page.locator("h1").waitFor();
    await page.keyboard.press("Control+k");

    expect(await options(page).first().textContent()).toContain("forecaster");
  });

  it("says which option is chosen, is sound to axe-core in both themes, and gives the focus back", async () => {
    const { page } = await visit(browser, `${platform.url}/experiments`, { width: 320 });
    await page.getByText("demand forecast").waitFor();
    await page.getByRole("searchbox").focus();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("ArrowDown");
    const input = page.getByRole("combobox", { name: "Search everything" });
    const chosen = await input.getAttribute("aria-activedescendant");

    expect(await page.locator(`#${chosen}`).getAttribute("aria-selected")).toBe("true");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page)).toEqual([]);
    }
    await page.keyboard.press("Escape");
    await input.waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.getAttribute('type')")).toBe("search");
  });

  it("does what the menus do: the theme changes, the shortcuts open", async () => {
    const { page } = await palette();
    await page.keyboard.type("theme dark");
    await soon(async () => (await options(page).first().textContent()) ?? "").toContain("Theme: Dark");
    await page.keyboard.press("Enter");
    await soon(() => page.evaluate("document.body.className")).toContain("awsui-dark-mode");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("show key");
    await page.keyboard.press("Enter");

    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  });
});
