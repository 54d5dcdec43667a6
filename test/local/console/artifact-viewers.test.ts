import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { writeParquet } from "#stores/parquet/write-parquet.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { linearModel } from "#test/support/onnx-model.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { type Client, client } from "../../../scripts/demo/client.ts";
import { putFile } from "../../../scripts/demo/put-file.ts";

const lines = 60_000;
const lineOf = (index: number) => `step ${String(index).padStart(6, "0")} loss=0.123456 lr=0.001 host=worker-1`;
const rows = 2500;
const hostile = `"><img src=x onerror="window.hacked=1">`;
const script = "<script>window.top.hacked=1;window.hacked=1</script>";
const hostileMarkdown = [
  "# Card",
  script,
  "<img src=x onerror='window.hacked=1'>",
  "<svg><animate onbegin=window.hacked=1 attributeName=x dur=1s></svg>",
  "<style>body{display:none}</style><form action='https://elsewhere.example'><button>send</button></form>",
  "[go](javascript:window.hacked=1) <a href='jav&#x09;ascript:window.hacked=1' onclick='window.hacked=1'>click</a>",
  "<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=1></style></mglyph></table></mtext></math>",
  "![far](https://elsewhere.example/pixel.png) <iframe src='https://elsewhere.example'></iframe>",
  "**bold** [out](https://example.org)",
].join("\n\n");
const hostilePage = `<!doctype html><style>h1{color:rgb(1,2,3)}</style><h1>Report</h1><p style="color:rgb(4,5,6)">red</p>${script}<img src=x onerror="window.top.hacked=1"><form action="https://elsewhere.example"><input name=a></form><a href="https://elsewhere.example" target=_top>out</a>`;

const files: Readonly<Record<string, string | Uint8Array>> = {
  "logs/train.log": Array.from({ length: lines }, (_, index) => lineOf(index)).join("\n"),
  "tables/rows.parquet": writeParquet(rows, [
    { name: "id", type: "int64", isList: false, values: Array.from({ length: rows }, (_, index) => BigInt(index)) },
    { name: "name", type: "text", isList: false, values: Array.from({ length: rows }, (_, index) => `row ${index}`) },
  ]),
  "model.onnx": linearModel([1, 2, 3]),
  "broken.onnx": linearModel([1, 2, 3]).subarray(0, 60),
  "card.md": hostileMarkdown,
  "report.html": hostilePage,
  "evaluation/confusion_matrix.json": JSON.stringify({
    labels: ["no", hostile],
    matrix: [
      [5, 1],
      [2, 7],
    ],
  }),
  "evaluation/roc.json": JSON.stringify({ fpr: [0, 0.5, 1], tpr: [0, 1, 1] }),
  "table.csv": `name,value\n${hostile.replaceAll('"', '""').replace(/^(.*)$/, '"$1"')},2\nb,10\nc,9\n`,
  [`${hostile.replaceAll("/", "")}.json`]: JSON.stringify({ [hostile]: hostile }),
};

let platform: TestPlatform;
let browser: Browser;
let api: Client;
let run_id: string;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  api = client(platform.url);
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "files" });
  const { run } = await api.call(runsContract, "createRun", { experiment_id, run_name: "files", start_time: Date.now() });
  run_id = run.info.run_id;
  for (const [path, body] of Object.entries(files)) await putFile(api, run.info.artifact_uri, path, body);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

async function open(path: string) {
  const visited = await visit(browser, `${platform.url}${path}`, { width: 1400, height: 1000 });
  await visited.page.getByRole("heading", { level: 1 }).waitFor();
  return visited;
}
const file = (path: string) => open(`/runs/${run_id}?tab=artifacts&file=${encodeURIComponent(path)}`);
const hacked = (page: Page) => page.evaluate("window.hacked");
const elsewhere = (requests: readonly string[]) => requests.filter((url) => !url.startsWith(platform.url) && !/^(blob|data|about):/.test(url));

describe("the files of a run", () => {
  it("are a tree that is worked with the keyboard: folders open, a file is shown", async () => {
    const { page } = await open(`/runs/${run_id}?tab=artifacts`);
    await page.getByRole("treeitem", { name: "evaluation" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("treeitem", { name: /roc\.json/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "roc.json" }).waitFor();
    expect(page.url()).toContain("roc.json");
    expect(await page.getByRole("treeitem", { name: /roc\.json/ }).getAttribute("aria-level")).toBe("2");
  });

  it("hold a log of any size, read from its end by ranges, searched, and walked back", async () => {
    const { page, requests } = await file("logs/train.log");

    const text = page.getByRole("region", { name: "logs/train.log" });
    await text.getByText(lineOf(lines - 1)).waitFor();
    expect(await text.textContent()).not.toContain(lineOf(10));
    await page.getByLabel("Find in this part").fill("STEP 059999");
    await page.getByText("1 of 1", { exact: true }).waitFor();
    await page.getByLabel("Find in this part").fill("");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await text.getByText(lineOf(10)).waitFor();
    expect(requests.filter((url) => url.includes("get-artifact"))).toHaveLength(2);
    expect((await text.textContent())?.length).toBeLessThan(300_000);
  });

  it("hold a Parquet table of which the page that is looked at is read", async () => {
    const { page } = await file("tables/rows.parquet");
    await page.getByText("rows 1 to 100 of 2,500").waitFor();

    await page.getByRole("button", { name: "Page 25" }).click();

    await page.getByText("rows 2,401 to 2,500 of 2,500").waitFor();
    const last = page.getByRole("region", { name: "tables/rows.parquet" }).getByRole("row").last();
    expect(await last.getByRole("cell").allInnerTexts()).toEqual(["2499", "row 2499"]);
  });

  it("hold an ONNX model as a graph whose nodes say what they are; one that is broken says so", async () => {
    const { page } = await file("model.onnx");
    await page.getByRole("button", { name: "MatMul, node 0" }).focus();
    await page.keyboard.press("Enter");

    await page.getByRole("status").getByText("x, w").waitFor();
    expect(await page.getByRole("group", { name: "Graph of 2 nodes" }).locator("path").count()).toBe(3);
    await page.getByText("Constants").first().waitFor();
    const { page: broken } = await file("broken.onnx");
    await broken.getByText("This file cannot be shown").waitFor();
  });

  it("are drawn where they hold a confusion matrix or a curve, with their numbers beside", async () => {
    const { page } = await file("evaluation/confusion_matrix.json");
    await page.getByText("12 of 15 on the diagonal (80 %)").waitFor();
    expect(await page.getByTitle(/taken for no: 2$/).textContent()).toBe("2");

    await page.getByRole("treeitem", { name: /roc\.json/ }).click();

    await page.getByRole("img", { name: "ROC curve: true positive rate by false positive rate" }).waitFor();
    await page.getByText("all (area 0.75)").first().waitFor();
    expect(await hacked(page)).toBeUndefined();
  });
});

describe("a file that is written to do harm", () => {
  it("is only text as Markdown: nothing runs, loads, styles or sends", async () => {
    const { page, requests, errors } = await file("card.md");
    const card = page.getByRole("region", { name: "card.md" });
    await card.getByText("bold").waitFor();

    expect(await card.locator("script, style, img, iframe, form, button, svg, math, [onclick], [onerror], [style]").count()).toBe(0);
    const links = await card.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(links.filter((href) => href !== null)).toEqual(["https://elsewhere.example/pixel.png", "https://example.org"]);
    expect(await card.getByRole("link", { name: "out" }).getAttribute("rel")).toContain("noopener");
    expect(await hacked(page)).toBeUndefined();
    expect(elsewhere(requests)).toEqual([]);
    expect(errors.filter((error) => !error.includes("Content Security Policy"))).toEqual([]);
  });

  it("runs nothing as a page, in a frame that allows nothing, and still looks as it was styled", async () => {
    const { page, requests } = await file("report.html");
    const frame = page.frameLocator("iframe");
    await frame.getByRole("heading", { name: "Report" }).waitFor();

    expect(await page.locator("iframe").getAttribute("sandbox")).toBe("allow-same-origin");
    const colourOf = (element: string) => page.evaluate(`getComputedStyle(document.querySelector("iframe").contentDocument.querySelector("${element}")).color`);
    await expect.poll(() => colourOf("p")).toBe("rgb(4, 5, 6)");
    expect(await colourOf("h1")).toBe("rgb(1, 2, 3)");
    expect(await frame.locator("script, form, [onerror]").count()).toBe(0);
    expect(await hacked(page)).toBeUndefined();
    expect(elsewhere(requests)).toEqual([]);
  });

  it("is text in a table, in a tree, and in its own name", async () => {
    const { page } = await file("table.csv");
    await page.getByRole("cell", { name: hostile }).waitFor();
    await page.getByRole("button", { name: "value" }).click();
    expect((await page.getByRole("row").allInnerTexts()).slice(1).map((row) => row.split("\t")[1])).toEqual(["2", "9", "10"]);

    await page
      .getByRole("treeitem", { name: /\.json/ })
      .filter({ hasText: "onerror" })
      .click();

    await page
      .getByRole("region", { name: /onerror/ })
      .getByText(`${hostile}: `)
      .waitFor();
    expect(await hacked(page)).toBeUndefined();
  });
});
