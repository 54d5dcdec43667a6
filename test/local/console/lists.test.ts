import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
let browser: Browser;
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  for (const [name, team] of Object.entries({ "churn, weekly": "growth", demand: "supply", diagnosis: "health", prices: "growth" }))
    await api.call(experimentsContract, "createExperiment", {
      name,
      tags: [
        { key: "team", value: team },
        { key: "capstan.view.a", value: '{"name":"secret view","query":""}' },
      ],
    });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

/** A busy machine draws late. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
const open = async (query = "") => (await visit(browser, `${platform.url}/experiments${query}`, { width: 1440 })).page;
const names = (page: Page) => page.locator("tbody th .name").allInnerTexts();
const shows = (page: Page, ...rows: string[]) => soon(() => names(page)).toEqual(rows);
const field = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
const heading = (page: Page, name: string) => page.getByRole("columnheader", { name });
const focused = (page: Page) => page.evaluate<string>("document.activeElement.textContent");
const all = ["Default", "prices", "diagnosis", "demand", "churn, weekly"];

describe("a list", () => {
  it("is filtered by texts and by what columns say, which show as tokens that can be taken away, and a link shows the same", async () => {
    const page = await open();
    await shows(page, ...all);
    await page.keyboard.press("/");
    await page.keyboard.type("tags:growth ri");
    await shows(page, "prices");
    const link = page.url();
    await page.getByRole("button", { name: "Remove Tags : growth" }).click();

    const colleague = await open(new URL(link).search);
    await shows(colleague, "prices");
    expect(await colleague.getByRole("searchbox").inputValue()).toBe("tags:growth ri");
    expect(await page.getByRole("searchbox").inputValue()).toBe("ri");
  });

  it("keeps what the console stores in tags to itself", async () => {
    const page = await open();
    await page.getByText("team: health").waitFor();

    expect(await page.getByText("secret view").count()).toBe(0);
    expect(await page.getByText("capstan.view").count()).toBe(0);
  });

  it("is sorted by several columns, the last heading first, in the address too", async () => {
    const page = await open("?experiments-columns=name,tags");
    await shows(page, ...all);
    await heading(page, "Experiment").getByRole("button").click();
    await heading(page, "Tags").getByRole("button").click();
    await shows(page, "Default", "churn, weekly", "prices", "diagnosis", "demand");

    expect(field(page, "experiments-sort")).toBe("tags,name");
    expect(await page.getByText("Sorted by Tags, then Experiment.").isVisible()).toBe(true);
  });

  it("shows the columns that are chosen, in the order they are moved to with keys, and leaves the others out", async () => {
    const page = await open();
    await shows(page, ...all);
    await page.getByRole("button", { name: "Columns of Experiments" }).click();
    const dialog = page.getByRole("dialog", { name: "Columns of Experiments" });
    await dialog.getByRole("checkbox", { name: "Latest run" }).click();
    await dialog.getByRole("checkbox", { name: "Id", exact: true }).click();
    await dialog.getByRole("button", { name: "Drag handle Metric by run" }).focus();
    for (const [key, said] of Object.entries({ Space: "Picked up", ArrowDown: "to position 5", " ": "moved from position 4 to position 5" })) {
      await page.keyboard.press(key);
      await soon(() => page.locator("[aria-live]").allInnerTexts()).toEqual([expect.stringContaining(said)]);
    }
    await dialog.getByRole("button", { name: "Show" }).click();

    await soon(() => field(page, "experiments-columns")).toBe("name,runs,created,metric,id,actions");
    expect(await page.locator("thead th").allInnerTexts()).toEqual(expect.arrayContaining(["Id"]));
    expect(await heading(page, "Latest run").count()).toBe(0);
  });

  it("is handed out as CSV: the rows that the filter leaves, in their order, with the columns in view", async () => {
    const page = await open(`?experiments-columns=name,tags,id&experiments-q=growth&experiments-sort=name`);
    await shows(page, "churn, weekly", "prices");
    await page.getByRole("button", { name: "Export Experiments" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Rows as CSV" }).click()]);

    expect(download.suggestedFilename()).toBe("Experiments.csv");
    expect(readFileSync(await download.path(), "utf8")).toBe('Experiment,Tags,Id\r\n"churn, weekly",team: growth,1\r\nprices,team: growth,4\r\n');
  });

  it("is worked with keys alone: rows are gone to, chosen, acted on and opened", async () => {
    const page = await open();
    await shows(page, ...all);
    await page.locator("h1").focus();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await focused(page)).toBe("prices");
    await page.keyboard.press("k");
    expect(await focused(page)).toBe("Default");
    await page.keyboard.press("x");
    await page.getByText("(1 of 5)").waitFor();
    await page.keyboard.press(".");
    await page.getByRole("menuitem", { name: "Edit name and description" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menuitem").first().waitFor({ state: "hidden" });
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "diagnosis" }).waitFor();
  });

  it("has no serious finding of axe-core with tokens and two orders, and does not overflow a telephone", async () => {
    const page = await open("?experiments-q=tags%3Agrowth&experiments-sort=tags,name&experiments-columns=name,tags,id,created");
    await shows(page, "churn, weekly", "prices");

    expect(await findingsEverywhere(page, [1440, 320])).toEqual([]);
  });
});
