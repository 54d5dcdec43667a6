import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";

const shots = new URL("../../artifacts/console/", import.meta.url).pathname;

let platform: TestPlatform;
let browser: Browser;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

describe("the console's first page, in real Chromium", () => {
  it("shows every table and bucket with its state, and the line that points each client here", async () => {
    const { page } = await visit(browser, platform.url);

    await page.getByRole("status").getByText("Everything answers.").waitFor();
    await page.getByRole("button", { name: "Health" }).click();
    const rows = await page.getByRole("row").allInnerTexts();
    expect(rows.filter((row) => row.includes("answers"))).toHaveLength(6);
    expect(await page.getByText(`export MLFLOW_TRACKING_URI=${platform.url}`).isVisible()).toBe(true);
  });

  it.each([
    [420, "light"],
    [420, "dark"],
    [1280, "light"],
    [1280, "dark"],
    [2200, "light"],
    [2200, "dark"],
  ] as const)("fits %i pixels in the %s theme, asks nobody else, and has no error", async (width, scheme) => {
    const { page, errors, requests } = await visit(browser, platform.url, { width, scheme });
    await page.getByText("Point your clients here").waitFor();

    await page.screenshot({ path: `${shots}first-page-${width}-${scheme}.png` });

    expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(true);
    expect(errors).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(platform.url))).toEqual([]);
  });

  it("is served with a policy that allows no inline script and no other host, and every address of a page is the same document", async () => {
    const page = await fetch(`${platform.url}/experiments/1`);
    const policy = page.headers.get("content-security-policy") ?? "";

    expect(page.status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await page.text()).toContain('<div id="console">');
  });

  it("polls with the tag of what it has, so that an unchanged answer has no body", async () => {
    const first = await fetch(`${platform.url}/capstan/v1/tokens`);
    const again = await fetch(`${platform.url}/capstan/v1/tokens`, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });

    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  it("can be worked with the keyboard: each copy button takes the focus in turn", async () => {
    const { page } = await visit(browser, platform.url);
    await page.getByText("Point your clients here").waitFor();

    const names: (string | null)[] = [];
    for (let press = 0; press < 40; press += 1) {
      await page.keyboard.press("Tab");
      names.push(await page.evaluate<string | null>("document.activeElement.getAttribute('aria-label')"));
    }

    expect(names.filter((name) => name?.startsWith("Copy the setting")).slice(0, 4)).toEqual(
      ["MLflow", "Feast", "KServe V2", "SageMaker"].map((client) => `Copy the setting for ${client}`),
    );
  });

  it("says when the platform is gone, and recovers by itself when it is back", async () => {
    const { page } = await visit(browser, platform.url);
    await page.getByText("Everything answers.").waitFor();

    await platform.kill("SIGKILL");
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor({ timeout: 20_000 });
    await platform.restart();

    await page.getByText("Everything answers.").waitFor({ timeout: 20_000 });
    expect(await page.getByText("Point your clients here").isVisible()).toBe(true);
  });
});
