import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenContract } from "#contracts/platform/tokens.ts";
import { seriousFindings } from "#test/support/accessibility.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
let first: string;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform({ args: ["--auth"] }), startBrowser()]);
  first = (await readFile(platform.tokenFile ?? "", "utf8")).trim();
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const newToken = () => client(platform.url, first).call(tokenContract, "createToken", { principal: "ada" });
const revoke = (tokenId: string) => client(platform.url, first).call(tokenContract, "revokeToken", { tokenId });

/** A page of a tab that nobody has signed in: contexts of this Chromium may share what they remember. */
async function open(path: string): Promise<Page> {
  const { page } = await visit(browser, `${platform.url}/capstan.svg`);
  await page.evaluate("sessionStorage.clear()");
  await page.goto(`${platform.url}${path}`);
  return page;
}

async function signIn(page: Page, token: string): Promise<void> {
  await page.getByLabel("Access token", { exact: true }).fill(token);
  await page.keyboard.press("Enter");
}

describe("signing in", () => {
  it("leads to the page that was asked for, with its state", async () => {
    const page = await open("/pipelines?tab=approvals&decision=expired");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(page, first);

    await page.getByText("None is expired.").waitFor();
    expect(page.url()).toContain("/pipelines?tab=approvals&decision=expired");
  });

  it("is asked for again over the page when the token ends, and what was typed in the page is still there", async () => {
    const { secret, token } = await newToken();
    const page = await open("/experiments");
    await signIn(page, secret);
    await page.getByRole("button", { name: "Create experiment" }).waitFor();
    await page.getByRole("searchbox").fill("half a thought");
    await revoke(token.tokenId);
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.waitFor({ timeout: 20_000 });
    expect(await seriousFindings(page)).toEqual([]);
    await signIn(page, "wrong");
    await dialog.getByText("The token that was sent is not in force.").waitFor();
    await signIn(page, first);

    await dialog.waitFor({ state: "detached" });
    expect(await page.getByRole("searchbox").inputValue()).toBe("half a thought");
  });

  it("ends with Sign out: nothing that was read is shown, also after a reload", async () => {
    await newToken();
    const page = await open("/settings");
    await signIn(page, first);
    await page.getByText("ada").first().waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.getByText("ada").count()).toBe(0);
    await page.reload();

    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
});
