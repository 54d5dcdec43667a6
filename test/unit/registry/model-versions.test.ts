import { beforeEach, describe, expect, it } from "vitest";
import { modelVersionsContract as versions } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract as models } from "#contracts/mlflow/registered-models.ts";
import { createHandler } from "#functions/mlflow-registry/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { call } from "#test/support/call.ts";
import { aRegistryContext, loggedModelId, runId, type TestRegistry } from "#test/support/memory-registry.ts";

let handler: HttpHandler;
let ctx: TestRegistry;
const model = (operation: keyof typeof models.routes, fields: object) => call(handler, models, operation, { ...fields });
const version = (operation: keyof typeof versions.routes, fields: object) => call(handler, versions, operation, { ...fields });
const add = (fields: object = {}) => version("createModelVersion", { name: "a", source: "s3://b/m", ...fields });

beforeEach(async () => {
  ctx = aRegistryContext();
  handler = createHandler(ctx);
  await model("createRegisteredModel", { name: "a" });
});

describe("a model version", () => {
  it("is answered READY, in stage None, with what was given", async () => {
    const { body } = await add({ run_id: runId, run_link: "http://x", description: "d", tags: [{ key: "k", value: "v" }] });

    expect(body.model_version).toEqual({
      name: "a",
      version: "1",
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: body.model_version.creation_timestamp,
      current_stage: "None",
      description: "d",
      source: "s3://b/m",
      run_id: runId,
      run_link: "http://x",
      status: "READY",
      tags: [{ key: "k", value: "v" }],
    });
  });

  it("has a number that is not used again, and takes its aliases along when deleted", async () => {
    await add();
    await add();
    await model("setAlias", { name: "a", alias: "c", version: "2" });

    await version("deleteModelVersion", { name: "a", version: "2" });

    const { registered_model } = (await model("getRegisteredModel", { name: "a" })).body;
    expect(registered_model).not.toHaveProperty("aliases");
    expect(registered_model.latest_versions.map((one: { version: string }) => one.version)).toEqual(["1"]);
    expect(await version("getModelVersion", { name: "a", version: "2" })).toMatchObject({
      status: 404,
      body: { message: "Model Version (name=a, version=2) not found" },
    });
    expect((await add()).body.model_version.version).toBe("3");
  });

  it("takes tags and a description, also in its model's latest versions", async () => {
    await add();
    await version("setModelVersionTag", { name: "a", version: "1", key: "k", value: "v" });
    await version("updateModelVersion", { name: "a", version: "1", description: "d" });

    const [latest] = (await model("getRegisteredModel", { name: "a" })).body.registered_model.latest_versions;
    expect(latest).toMatchObject({ description: "d", tags: [{ key: "k", value: "v" }] });
    expect(latest).toEqual((await version("getModelVersion", { name: "a", version: "1" })).body.model_version);

    await version("deleteModelVersionTag", { name: "a", version: "1", key: "k" });
    expect((await version("deleteModelVersionTag", { name: "a", version: "1", key: "k" })).status).toBe(200);
    expect((await version("getModelVersion", { name: "a", version: "1" })).body.model_version).not.toHaveProperty("tags");
  });

  it("says which number is no number", async () => {
    const { status, body } = await version("getModelVersion", { name: "a", version: "x" });

    expect({ status, message: body.message }).toEqual({ status: 400, message: "Invalid value \"x\" for parameter 'version' supplied: must be an integer" });
  });
});

const runRoot = `mlflow-artifacts:/1/${runId}/artifacts`;
const modelRoot = `mlflow-artifacts:/1/models/${loggedModelId}/artifacts`;

describe("a source", () => {
  it.each([
    [{ source: "s3://b/m" }, "s3://b/m"],
    [{ source: `models:/${loggedModelId}` }, modelRoot],
    [{ source: `models:/${loggedModelId}`, model_id: loggedModelId }, modelRoot],
    [{ source: `runs:/${runId}/model`, run_id: runId }, `${runRoot}/model`],
    [{ source: `runs:/${runId}`, run_id: runId }, runRoot],
    [{ source: `${runRoot}/m`, run_id: runId }, `${runRoot}/m`],
    [{ source: `mlflow-artifacts://host:80/1/${runId}/artifacts/m`, run_id: runId }, `mlflow-artifacts://host:80/1/${runId}/artifacts/m`],
    [{ source: modelRoot, model_id: loggedModelId }, modelRoot],
    [{ source: "models:/base/1" }, "s3://base/m"],
    [{ source: "models:/base@champion" }, "s3://base/m"],
  ])("%j is found at %s", async (fields, expected) => {
    await model("createRegisteredModel", { name: "base" });
    await add({ name: "base", source: "s3://base/m" });
    await model("setAlias", { name: "base", alias: "champion", version: "1" });

    const { status, body } = await add(fields);

    expect(status).toBe(200);
    expect(body.model_version.source).toBe(fields.source);
    expect((await version("getDownloadUri", { name: "a", version: "1" })).body).toEqual({ artifact_uri: expected });
  });

  it.each([
    [{ source: "/tmp/m" }, "keeps no local files"],
    [{ source: "file:///tmp/m" }, "keeps no local files"],
    [{ source: "C:\\m" }, "keeps no local files"],
    [{ source: "" }, "keeps no local files"],
    [{ source: "s3://b/../m" }, "must not hold .. segments"],
    [{ source: "s3://b/%252e%252E/m" }, "must not hold .. segments"],
    [{ source: "s3://b/m%00" }, "NUL"],
    [{ source: `runs:/${runId}/m` }, "run_id request parameter must be"],
    [{ source: "runs:/other/m", run_id: "other" }, "Run with id=other not found"],
    [{ source: `models:/${loggedModelId}`, model_id: `m-${"a".repeat(32)}` }, "model_id request parameter must be"],
    [{ source: `models:/m-${"a".repeat(32)}` }, `Logged model with ID 'm-${"a".repeat(32)}' not found.`],
    [{ source: `${runRoot}/m` }, "within the artifacts of the run"],
    [{ source: `${runRoot}x/m`, run_id: runId }, "within the artifacts of the run"],
    [{ source: "mlflow-artifacts:/2/other", run_id: runId }, "within the artifacts of the run"],
    [{ source: "https://host/m", run_id: runId }, "within the artifacts of the run"],
    [{ source: "models:/none/1" }, "Registered Model with name=none not found"],
    [{ source: "models:/a/7" }, "must name a version that exists"],
    [{ source: "models:/a" }, "must be like"],
  ])("%j is refused", async (fields, message) => {
    const { status, body } = await add(fields);

    expect(status).toBeOneOf([400, 404]);
    expect(body.message).toContain(message);
    expect((await model("getRegisteredModel", { name: "a" })).body.registered_model).not.toHaveProperty("latest_versions");
  });

  it("that is a logged model lends its run, and is noted there", async () => {
    const { body } = await add({ source: `models:/${loggedModelId}` });

    expect(body.model_version).toMatchObject({ run_id: runId, model_id: loggedModelId });
    expect(ctx.noted).toEqual([[loggedModelId, { name: "a", version: 1 }]]);
  });

  it("of a prompt is a dummy, and nothing else", async () => {
    await model("createRegisteredModel", { name: "p", tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] });
    const tags = [{ key: "mlflow.prompt.is_prompt", value: "true" }];

    expect((await add({ name: "p", source: "dummy-source", tags })).status).toBe(200);
    expect((await add({ name: "p", source: "s3://b/m", tags })).status).toBe(400);
  });
});

describe("a stage", () => {
  const move = (number: string, stage: string, archive = false) =>
    version("transitionStage", { name: "a", version: number, stage, archive_existing_versions: archive });
  const latest = async (stages: string[] = []) =>
    (await model("getLatestVersions", { name: "a", stages })).body.model_versions?.map((one: { version: string; current_stage: string }) => [
      one.version,
      one.current_stage,
    ]);

  beforeEach(async () => {
    for (let made = 0; made < 3; made += 1) await add();
  });

  it("is given in any case and answered in its own", async () => {
    expect((await move("1", "sTAGING")).body.model_version.current_stage).toBe("Staging");
    expect(await latest()).toEqual([
      ["1", "Staging"],
      ["3", "None"],
    ]);
    expect(await latest(["staging"])).toEqual([["1", "Staging"]]);
    expect((await call(handler, models, "listLatestVersions", { name: "a", stages: ["None"] })).body.model_versions).toHaveLength(1);
  });

  it("sends the versions that were there to Archived when asked to", async () => {
    await move("1", "Production");
    await move("2", "Production");
    await move("3", "Production", true);

    expect(await latest()).toEqual([
      ["2", "Archived"],
      ["3", "Production"],
    ]);
    expect((await version("getModelVersion", { name: "a", version: "1" })).body.model_version.current_stage).toBe("Archived");
  });

  it("empties however many versions it holds", async () => {
    for (let made = 3; made < 100; made += 1) await add();
    for (let number = 1; number < 100; number += 1) await move(String(number), "Staging");

    await move("100", "Staging", true);

    expect(await latest()).toEqual([
      ["99", "Archived"],
      ["100", "Staging"],
    ]);
  });

  it("must be known, and archives only where versions serve", async () => {
    expect((await move("1", "Live")).body.message).toBe("Invalid Model Version stage: Live. Value must be one of None, Staging, Production, Archived.");
    expect((await move("1", "Archived", true)).body.message).toContain("is not an Active stage");
    expect((await move("9", "Staging")).status).toBe(404);
  });
});

describe("a search for versions", () => {
  const found = async (fields: object) => {
    const { status, body } = await version("searchModelVersions", fields);
    const list: { name: string; version: string }[] = body.model_versions ?? [];
    return status === 200 ? list.map((one) => `${one.name}${one.version}`) : body.error_code;
  };

  beforeEach(async () => {
    await model("createRegisteredModel", { name: "b" });
    await add({ tags: [{ key: "k", value: "v" }] });
    await add({ source: "s3://b/other" });
    await add({ name: "b", run_id: runId });
    await model("createRegisteredModel", { name: "p", tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] });
    await add({ name: "p", source: "dummy-source", tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] });
  });

  it.each([
    [{}, ["b1", "a2", "a1"]],
    [{ filter: "name = 'a'" }, ["a2", "a1"]],
    [{ filter: "name = 'a' AND version_number < 2" }, ["a1"]],
    [{ filter: "name = 'p'" }, []],
    [{ filter: "name = 'p' AND tags.`mlflow.prompt.is_prompt` = 'true'" }, ["p1"]],
    [{ filter: "name = 'none'" }, []],
    [{ filter: `run_id IN ('${runId}')` }, ["b1"]],
    [{ filter: `run_id != 'x'` }, ["b1"]],
    [{ filter: "source_path LIKE '%other'" }, ["a2"]],
    [{ filter: "tags.k = 'v'" }, ["a1"]],
    [{ order_by: ["version_number DESC", "name"] }, ["a2", "a1", "b1"]],
    [{ order_by: ["creation_timestamp"] }, ["a1", "a2", "b1"]],
    [{ filter: "version_number = '1'" }, "INVALID_PARAMETER_VALUE"],
    [{ filter: "model_id = 'x'" }, "INVALID_PARAMETER_VALUE"],
    [{ filter: "version = 1" }, "INVALID_PARAMETER_VALUE"],
    [{ max_results: 200_001 }, "INVALID_PARAMETER_VALUE"],
  ])("with %j finds %j", async (fields, expected) => {
    expect(await found(fields)).toEqual(expected);
  });

  it("cuts a page that would outgrow a reply", async () => {
    for (let made = 0; made < 60; made += 1) await add({ name: "b", tags: [{ key: "text", value: "x".repeat(100_000) }] });

    const first = await version("searchModelVersions", { filter: "name = 'b'" });
    const second = await version("searchModelVersions", { filter: "name = 'b'", page_token: first.body.next_page_token });

    expect(JSON.stringify(first.body).length).toBeLessThan(6_000_000);
    expect(first.body.model_versions.length + second.body.model_versions.length).toBe(61);
  });
});
