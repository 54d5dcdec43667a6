import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { registerBadVersion } from "../../../scripts/demo/bad-version.ts";
import { client, until } from "../../../scripts/demo/client.ts";
import { readSamples } from "../../../scripts/demo/data.ts";
import { pushFeatures, uploadData } from "../../../scripts/demo/data-steps.ts";
import { names } from "../../../scripts/demo/names.ts";
import { ended, start, trainingRequest } from "../../../scripts/demo/training-steps.ts";
import { address } from "../../../web/src/address.ts";

const hostile = `"><img src=x onerror="window.hacked=1">`;
let platform: TestPlatform;
let browser: Browser;
const api = () => client(platform.url);
beforeAll(async () => {
  [platform, browser] = await Promise.all([startTestPlatform(), startBrowser()]);
  const { columns, samples } = readSamples();
  await pushFeatures(api(), columns, samples);
  const sourceUri = await uploadData(api(), columns, samples, "all.csv");
  await start(api(), "first", trainingRequest(columns, sourceUri, { training: { algorithm: "linear", seed: 1 } }));
  await ended(api(), "first", 60, ["succeeded"]);
  await registerBadVersion(api());
  await api().call(registeredModelsContract, "createRegisteredModel", {
    name: hostile,
    tags: [{ key: "owner", value: hostile }],
    description: `**bold** ${hostile} <script>window.hacked=1</script> [run](javascript:window.hacked=1)`,
  });
  await api().call(modelVersionsContract, "createModelVersion", { name: hostile, source: "s3://elsewhere/model" });
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const versionPath = (version: number, tab = "overview") => `/models/${names.model}/versions/${version}?tab=${tab}`;
const aliases = async () => (await api().call(registeredModelsContract, "getRegisteredModel", { name: names.model })).registered_model.aliases ?? [];
const press = async (page: Page, name: string) => {
  await page.getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
};

describe("models in the console", () => {
  it.each([
    ["/models", "Registered models"],
    [`/models/${names.model}`, "Versions"],
    [versionPath(1), "worst_area"],
    [versionPath(2, "comparison"), "Params that differ"],
    [versionPath(1, "lineage"), "Lineage as rows"],
    [versionPath(1, "card"), "Inputs and outputs"],
    [versionPath(1, "history"), "What happened"],
    [versionPath(1, "files"), "model.onnx"],
    [address(["models", hostile]), "Edit description"],
    [address(["models", hostile, "versions", "1"], { tab: "card" }), "Not stated."],
  ])("%s shows %s in both themes and wide and narrow, without a serious finding of axe-core or an error", async (path, text) => {
    const { page, errors } = await visit(browser, `${platform.url}${path}`, { width: 1440 });
    await page.getByText(text).filter({ visible: true }).first().waitFor();

    const found = await findingsEverywhere(page, [1440, 320]);

    expect(found).toEqual([]);
    expect(errors.filter((line) => !line.includes("404"))).toEqual([]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    await page.goto("about:blank");
  });

  it("shows a version's files in their viewers", async () => {
    const { page } = await visit(browser, `${platform.url}${versionPath(1, "files")}`, { width: 1440 });
    await page.getByRole("treeitem", { name: /model\.onnx/ }).click();

    await page.getByRole("group", { name: /^Graph of \d+ nodes/ }).waitFor();
    expect(new URL(page.url()).searchParams.get("file")).toBe("model.onnx");
  });

  it("moves an alias with the keyboard, and takes the move back", async () => {
    const { page } = await visit(browser, `${platform.url}/models/${names.model}`);
    await press(page, "Move alias champion");
    const dialog = page.getByRole("dialog", { name: "Move alias champion" });
    await dialog.getByRole("button", { name: /Version/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "Version 2" }).waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await press(page, "Point it there");
    await page.getByText("The alias champion points at version 2.").waitFor();
    const moved = await aliases();
    await press(page, "Undo");
    await page.getByText("The alias champion points at version 1 again.").waitFor();

    expect(moved).toEqual([{ alias: "champion", version: "2" }]);
    expect(await aliases()).toEqual([{ alias: "champion", version: "1" }]);
  });

  it("shows a description as Markdown, lets it be changed, and runs nothing that it holds", async () => {
    const { page } = await visit(browser, `${platform.url}${address(["models", hostile])}`);
    await page.locator(".markdown strong", { hasText: "bold" }).waitFor();
    const before = await page.locator(".markdown :is(img, script, a[href^=javascript])").count();
    await press(page, "Edit description");
    await page.getByLabel("Description", { exact: true }).fill("# For shops\n\nNot for people.");
    await press(page, "Save description");
    await page.locator(".markdown h3", { hasText: "For shops" }).waitFor();

    expect(before).toBe(0);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    const { registered_model } = await api().call(registeredModelsContract, "getRegisteredModel", { name: hostile });
    expect(registered_model.description).toBe("# For shops\n\nNot for people.");
  });

  it("tells what became of a version, and leads to the execution that made it", async () => {
    await api().call(modelVersionsContract, "transitionStage", { name: names.model, version: "1", stage: "Staging", archive_existing_versions: false });
    const { page } = await visit(browser, `${platform.url}${versionPath(1, "history")}`);
    const rows = page.getByRole("table", { name: "History" }).getByRole("row");
    await rows.filter({ hasText: "Version 1 moved from stage None to Staging" }).waitFor();
    const registered = rows.filter({ hasText: "Version 1 registered" });
    await registered.getByRole("link", { name: "execution first" }).focus();
    await page.keyboard.press("Enter");

    await page.waitForURL("**/pipelines/executions/first");
  });

  it("reads older changes of a model when it is asked to, a page at a time", async () => {
    const model = "of long standing";
    await api().call(registeredModelsContract, "createRegisteredModel", { name: model });
    for (let time = 1; time < 70; time += 1) await api().call(registeredModelsContract, "setRegisteredModelTag", { name: model, key: "k", value: `${time}` });
    const { page } = await visit(browser, `${platform.url}${address(["models", model])}`);
    const heading = (count: number) => page.getByRole("heading", { name: `History (${count})` }).waitFor();
    await heading(50);
    await press(page, "Read older changes");
    await heading(70);
    await page.getByText("from the beginning").waitFor();

    expect(await page.getByRole("button", { name: "Read older changes" }).count()).toBe(0);
  });

  it("leads from a version to its run and its endpoint along the lineage, with the keyboard", async () => {
    const { page } = await visit(browser, `${platform.url}${versionPath(1, "lineage")}`);
    await page.locator(".graph a", { hasText: "Endpoint" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/endpoints/${names.endpoint}`);
    // A page that is come to gives its heading the focus; keys before that would be pressed there.
    const arrived = (title: string) => page.locator("h1 [tabindex]:focus", { hasText: title }).waitFor();
    await arrived(names.endpoint);
    await page.goBack();
    await arrived("version 1");
    await page.locator(".graph a", { hasText: "Run" }).first().focus();
    await page.keyboard.press("Enter");

    await page.waitForURL("**/runs/*");
  });

  it("hands out the model card as a file", async () => {
    const { page } = await visit(browser, `${platform.url}${versionPath(1, "card")}`);
    const downloading = page.waitForEvent("download");
    await press(page, "Download .md");

    expect((await downloading).suggestedFilename()).toBe(`${names.model}-1.md`);
  });

  it("revokes a version with a reason, after which its endpoint does not answer with it", async () => {
    const { page } = await visit(browser, `${platform.url}${versionPath(1)}`);
    await page.getByText("serving").waitFor();
    await press(page, "Revoke");
    const dialog = page.getByRole("dialog", { name: "Revoke" });
    await dialog.getByText("Nothing else answers at diagnosis.").waitFor();
    await dialog.getByLabel("Reason").fill("learnt from the wrong rows");
    await press(page, "Confirm: Revoke");
    await page.getByText("no endpoint answers with this version").waitFor();
    await page.getByText("learnt from the wrong rows").first().waitFor();

    const answer = await until("the refusal", 20, async () => {
      const response = await fetch(`${platform.url}/v2/models/${names.endpoint}/infer`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ inputs: [{ name: "input", datatype: "FP32", shape: [1, 30], data: Array.from({ length: 30 }, () => 1) }] }),
      });
      return response.ok ? undefined : ((await response.json()) as { error: string });
    });
    expect(answer.error).toMatch(/revoked/);
    const { endpoint } = await api().call(endpointContract, "getEndpoint", { name: names.endpoint });
    expect(endpoint.variants[0]?.revoked?.reason).toBe("learnt from the wrong rows");
    expect(await page.getByRole("button", { name: "Revoke", exact: true }).isDisabled()).toBe(true);
  });

  it("deletes a version that nobody serves, and says what goes", async () => {
    const { page } = await visit(browser, `${platform.url}${versionPath(2)}`);
    await press(page, "Delete version");
    await page.getByRole("dialog").getByText("its number is not used again").waitFor();
    await press(page, "Confirm: Delete version");
    await page.waitForURL(`**/models/${names.model}`);
    await page.getByText(`Version 2 of ${names.model} is deleted.`).first().waitFor();

    const { model_versions } = await api().call(modelVersionsContract, "searchModelVersions", { filter: `name='${names.model}'` });
    expect(model_versions?.map(({ version }) => version)).toEqual(["1"]);
  });
});
