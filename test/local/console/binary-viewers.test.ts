import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";
import { putFile } from "../../../scripts/demo/put-file.ts";

const hostile = `"><img src=x onerror="window.hacked=1">`;
const script = "<script>window.top.hacked=1;window.hacked=1</script>";
const support = (name: string) => readFileSync(new URL(`../../support/data/${name}`, import.meta.url));
/** Written by pyarrow 25. */
const codecs = ["gzip", "brotli", "zstd", "lz4", "snappy"];

/** A tenth of a second of nothing, 8,000 samples of one byte a second. */
const silence = Buffer.alloc(44 + 800, 128);
silence.write("RIFF\x44\x03\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x20\x03\x00\x00", 0, "latin1");

const header = JSON.stringify({ __metadata__: { made: hostile }, [hostile]: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] } });
const tensors = Buffer.concat([Buffer.from(BigUint64Array.of(BigInt(header.length)).buffer), Buffer.from(header), Buffer.alloc(24)]);

const hostileNotebook = {
  nbformat: 4,
  metadata: { language_info: { name: "python" } },
  cells: [
    { cell_type: "markdown", source: [`# Lesson ${script}`, "<img src=x onerror='window.hacked=1'>"] },
    {
      cell_type: "code",
      source: `print("${script}")`,
      execution_count: 7,
      outputs: [
        { output_type: "stream", name: "stdout", text: `${script} printed` },
        {
          output_type: "display_data",
          data: { "text/html": `<table><tr><td>cell of a frame</td></tr></table>${script}<img src=x onerror="window.top.hacked=1">` },
        },
        {
          output_type: "display_data",
          data: { "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="window.hacked=1">${script}</svg>` },
        },
        { output_type: "error", ename: "E", evalue: "e", traceback: ["\u001b[0;31mBoom\u001b[0m"] },
      ],
    },
  ],
};

const files: Readonly<Record<string, string | Uint8Array>> = {
  "clip.wav": silence,
  "not.mp4": script,
  "paper.pdf": `%PDF-1.7 ${script}`,
  "lesson.ipynb": JSON.stringify(hostileNotebook),
  "bundle.zip": support("archives/plain.zip"),
  "bundle.tar.gz": support("archives/pax.tar.gz"),
  "broken.zip": support("archives/plain.zip").subarray(0, 300),
  "weights.safetensors": tensors,
  ...Object.fromEntries(codecs.map((codec) => [`codecs/${codec}.parquet`, support(`parquet-codecs/${codec}.parquet`)])),
};

let platform: TestPlatform;
let browser: Browser;
let run_id: string;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const api = client(platform.url);
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "files" });
  const { run } = await api.call(runsContract, "createRun", { experiment_id, run_name: "files", start_time: Date.now() });
  run_id = run.info.run_id;
  for (const [path, body] of Object.entries(files)) await putFile(api, run.info.artifact_uri, path, body);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const file = async (path: string) =>
  await visit(browser, `${platform.url}/runs/${run_id}?tab=artifacts&file=${encodeURIComponent(path)}`, { width: 1400, height: 1000 });

describe("the files of a run", () => {
  it.each(codecs)("hold a Parquet table that is packed with %s", async (codec) => {
    const { page, errors } = await file(`codecs/${codec}.parquet`);
    await page.getByText("rows 1 to 100 of 300").waitFor();

    const row = page
      .getByRole("region", { name: `codecs/${codec}.parquet` })
      .getByRole("row")
      .nth(100);
    expect(await row.getByRole("cell").allInnerTexts()).toEqual(["99", `row ${99 % 7} ${"x".repeat(99 % 13)}`]);
    expect(errors).toEqual([]);
  });

  it("hold sound that is played here; what is none says so", async () => {
    const { page, errors } = await file("clip.wav");
    const seconds = () => page.evaluate<number>("document.querySelector('audio')?.duration");
    await expect.poll(seconds, { timeout: 20_000 }).toBeCloseTo(0.1, 2);
    expect(errors).toEqual([]);

    const { page: broken } = await file("not.mp4");
    await broken.getByText("This is nothing that the browser can play").waitFor();
  });

  it("hold archives as the list of what is in them, read by ranges", async () => {
    const { page, requests } = await file("bundle.zip");
    await page.getByRole("cell", { name: "../../etc/passwd" }).waitFor();
    expect(requests.filter((url) => url.includes("get-artifact"))).toHaveLength(2);

    await page.getByRole("treeitem", { name: /bundle\.tar\.gz/ }).click();
    await page.getByRole("cell", { name: "last.bin" }).waitFor();
    await page.getByRole("treeitem", { name: /broken\.zip/ }).click();
    await page.getByText("This file cannot be shown").waitFor();
  });

  it.each(["lesson.ipynb", "weights.safetensors"])("are readable in both themes, wide and narrow: %s", async (name) => {
    const { page } = await file(name);
    await page.locator(".notebook, table").first().waitFor();

    const found = await findingsEverywhere(page, [1440, 320]);
    await page.goto("about:blank");

    expect(found).toEqual([]);
  });
});

describe("a file that is written to do harm", () => {
  it("runs nothing as a notebook: text, tamed pages in frames, pictures", async () => {
    const { page, requests } = await file("lesson.ipynb");
    await page.getByText("run 7").waitFor();
    await page.getByText(`${script} printed`).waitFor();
    await page.getByText("Boom", { exact: true }).waitFor();
    await page.frameLocator("iframe").getByText("cell of a frame").waitFor();

    expect(await page.locator("iframe").getAttribute("sandbox")).toBe("allow-same-origin");
    expect(await page.frameLocator("iframe").locator("script, [onerror]").count()).toBe(0);
    expect(await page.locator(".notebook script, .notebook [onerror], .notebook svg").count()).toBe(0);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(requests.filter((url) => !url.startsWith(platform.url) && !/^(blob|data|about):/.test(url))).toEqual([]);
  });

  it("is text as the names of tensors, and is not drawn as a PDF", async () => {
    const { page } = await file("weights.safetensors");
    await page.getByRole("cell", { name: hostile }).waitFor();
    await page.getByRole("cell", { name: "2 × 3" }).waitFor();

    await page.getByRole("treeitem", { name: /paper\.pdf/ }).click();

    await page.getByText("Download it to read it in a reader of your own").waitFor();
    expect(await page.evaluate("window.hacked")).toBeUndefined();
  });
});
