import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loggedModelsContract as contract } from "#contracts/mlflow/logged-models.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import type { ArtifactContext } from "#core/artifacts/artifacts.ts";
import { trackedRoots } from "#core/artifacts/tracked-roots.ts";
import { createHandler } from "#functions/mlflow-logged-models/handler.ts";
import { createHandler as registryHandler } from "#functions/mlflow-registry/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { loggedModelContext, registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { artifactStore } from "#stores/s3/artifacts.ts";
import { call } from "#test/support/call.ts";
import { type LocalObjects, startLocalObjects } from "#test/support/local-objects.ts";
import { type Meter, metered } from "#test/support/metered.ts";
import { startTracking, type TrackingService } from "../tracking/tracking-service.ts";

let tracking: TrackingService;
let objects: LocalObjects;
let artifacts: ArtifactContext;
let handler: HttpHandler;
let registry: HttpHandler;
let meter: Meter;
let experimentId: string;

beforeAll(async () => {
  [tracking, objects] = await Promise.all([startTracking(), startLocalObjects("artifacts")]);
  const { client } = tracking.tables;
  const table = tracking.tables.table("tracking");
  const registered = registryContext(client, table);
  artifacts = { artifacts: artifactStore(objects.client), bucket: "artifacts", roots: trackedRoots(tracking.context, registered) };
  handler = createHandler(loggedModelContext(client, table), artifacts);
  registry = registryHandler(registered);
  meter = metered(client);
  experimentId = await tracking.newExperiment();
});
afterAll(async () => {
  await tracking.stop();
  await objects.stop();
});

const model = (operation: keyof typeof contract.routes, fields: object) => call(handler, contract, operation, { ...fields });
const create = async (fields: object = {}) => (await model("createLoggedModel", { experiment_id: experimentId, ...fields })).body.model;
const get = async (model_id: string) => (await model("getLoggedModel", { model_id })).body.model;
const idOf = async (fields: object = {}): Promise<string> => (await create(fields)).info.model_id;

describe("a logged model", () => {
  it("begins pending, below its experiment's artifacts, with what was given", async () => {
    const made = await create({
      name: "tree",
      model_type: "sklearn",
      source_run_id: "r",
      params: [{ key: "depth", value: "3" }],
      tags: [{ key: "team", value: "x" }],
    });

    const { model_id } = made.info;
    expect(made).toEqual({
      info: {
        model_id: expect.stringMatching(/^m-[0-9a-f]{32}$/),
        experiment_id: experimentId,
        name: "tree",
        creation_timestamp_ms: expect.any(Number),
        last_updated_timestamp_ms: made.info.creation_timestamp_ms,
        artifact_uri: `mlflow-artifacts:/${experimentId}/models/${model_id}/artifacts`,
        status: "LOGGED_MODEL_PENDING",
        model_type: "sklearn",
        source_run_id: "r",
        tags: [{ key: "team", value: "x" }],
      },
      data: { params: [{ key: "depth", value: "3" }] },
    });
    expect(await get(model_id)).toEqual(made);
  });

  it("has a name of its own making when none is given, and none of some letters", async () => {
    expect((await create()).info.name).toMatch(/^\w+-\w+-\d+$/);
    for (const name of ["", "a/b", "a:b", "a.b", "a%b", 'a"b', "a'b"])
      expect((await model("createLoggedModel", { experiment_id: experimentId, name })).status).toBe(400);
    expect((await model("createLoggedModel", { experiment_id: "999", name: "x" })).status).toBe(404);
  });

  it("is ready when it is said to be, by name or by number", async () => {
    const model_id = await idOf();

    const { body } = await model("finalizeLoggedModel", { model_id, status: "LOGGED_MODEL_READY" });
    await model("finalizeLoggedModel", { model_id, status: 3 });

    expect(body.model.info.status).toBe("LOGGED_MODEL_READY");
    expect((await get(model_id)).info.status).toBe("LOGGED_MODEL_UPLOAD_FAILED");
    expect((await model("finalizeLoggedModel", { model_id, status: "DONE" })).status).toBe(400);
  });

  it("takes tags, loses them, and takes each param once", async () => {
    const model_id = await idOf({ params: [{ key: "a", value: "1" }] });

    expect((await model("setLoggedModelTags", { model_id, tags: [{ key: "k", value: "v" }] })).body).toEqual({});
    expect((await get(model_id)).info.tags).toEqual([{ key: "k", value: "v" }]);
    expect((await model("deleteLoggedModelTag", { model_id, tag_key: "k" })).status).toBe(200);
    expect((await model("deleteLoggedModelTag", { model_id, tag_key: "k" })).status).toBe(404);

    expect((await model("logLoggedModelParams", { model_id, params: [{ key: "b", value: "2" }] })).status).toBe(200);
    expect((await model("logLoggedModelParams", { model_id, params: [{ key: "a", value: "2" }] })).body.message).toContain(
      "Changing param values is not allowed",
    );
    expect((await get(model_id)).data.params).toEqual([
      { key: "a", value: "1" },
      { key: "b", value: "2" },
    ]);
  });

  it("is gone when deleted, unless asked for", async () => {
    const model_id = await idOf({ name: "deleted" });

    await model("deleteLoggedModel", { model_id });

    expect(await model("getLoggedModel", { model_id })).toMatchObject({ status: 404, body: { message: `Logged model with ID '${model_id}' not found.` } });
    expect((await model("getLoggedModel", { model_id, allow_deleted: "True" })).status).toBe(200);
    expect((await model("setLoggedModelTags", { model_id, tags: [] })).status).toBe(404);
    expect((await model("searchLoggedModels", { experiment_ids: [experimentId], filter: "name = 'deleted'" })).body).toEqual({});
  });

  it.each([["m-x"], ["x"], [`m-${"f".repeat(32)}`]])("called %s does not exist", async (model_id) => {
    for (const operation of ["getLoggedModel", "deleteLoggedModel", "listLoggedModelArtifacts"] as const)
      expect((await model(operation, { model_id })).status).toBe(404);
  });

  it("shows the metrics that runs logged for it, each with its run and dataset", async () => {
    const model_id = await idOf();
    const run_id = await tracking.newRun(experimentId);
    const point = { key: "acc", timestamp: 5, step: 1, model_id };
    await tracking.metrics("logMetric", { run_id, ...point, value: 0.5 });
    await tracking.metrics("logBatch", { run_id, metrics: [{ ...point, value: 0.9, dataset_name: "test", dataset_digest: "d1" }] });

    const { metrics } = (await get(model_id)).data;

    expect(metrics).toHaveLength(2);
    expect(metrics).toEqual(
      expect.arrayContaining([
        { key: "acc", value: 0.5, timestamp: 5, step: 1, model_id, run_id },
        { key: "acc", value: 0.9, timestamp: 5, step: 1, model_id, run_id, dataset_name: "test", dataset_digest: "d1" },
      ]),
    );
  });

  it("lists and hands out its files", async () => {
    const model_id = await idOf();
    const root = `mlflow/${experimentId}/models/${model_id}/artifacts`;
    const body = async function* () {
      yield Buffer.from("flavors:");
    };
    await artifacts.artifacts.write({ bucket: "artifacts", key: `${root}/sub/MLmodel` }, { body: body() });

    expect((await model("listLoggedModelArtifacts", { model_id, artifact_directory_path: "sub" })).body).toEqual({
      root_uri: `mlflow-artifacts:/${experimentId}/models/${model_id}/artifacts`,
      files: [{ path: "sub/MLmodel", is_dir: false, file_size: 8 }],
    });
    expect((await model("getLoggedModelArtifact", { model_id, artifact_file_path: "sub/MLmodel" })).body).toBe("flavors:");
    expect((await model("getLoggedModelArtifact", { model_id, artifact_file_path: "none" })).status).toBe(404);
  });

  it("that is registered says so, lends its run, and is where the version downloads from", async () => {
    const run_id = await tracking.newRun(experimentId);
    const made = await create({ source_run_id: run_id });
    await call(registry, registeredModelsContract, "createRegisteredModel", { name: "registered" });

    const { body } = await call(registry, modelVersionsContract, "createModelVersion", { name: "registered", source: `models:/${made.info.model_id}` });

    expect(body.model_version).toMatchObject({ run_id, model_id: made.info.model_id });
    expect((await get(made.info.model_id)).info.tags).toEqual([{ key: "mlflow.modelVersions", value: '[{"name":"registered","version":"1"}]' }]);
    const uri = await call(registry, modelVersionsContract, "getDownloadUri", { name: "registered", version: "1" });
    expect(uri.body.artifact_uri).toBe(made.info.artifact_uri);
  });
});

describe("a search for logged models", () => {
  let inExperiment: string;
  const search = (fields: object = {}) => model("searchLoggedModels", { experiment_ids: [inExperiment], ...fields });
  const names = async (fields: object = {}) => {
    const { status, body } = await search(fields);
    return status === 200 ? (body.models ?? []).map((found: { info: { name: string } }) => found.info.name) : body.error_code;
  };

  beforeAll(async () => {
    inExperiment = await tracking.newExperiment();
    const run_id = await tracking.newRun(inExperiment);
    for (const [index, name] of ["one", "two", "three"].entries()) {
      const model_id = await idOf({
        experiment_id: inExperiment,
        name,
        model_type: index === 2 ? "onnx" : "sklearn",
        params: [{ key: "n", value: String(index) }],
      });
      if (index < 2) await tracking.metrics("logMetric", { run_id, key: "acc", value: index, timestamp: 1, model_id });
      if (index === 0) await tracking.metrics("logMetric", { run_id, key: "acc", value: 7, timestamp: 0, model_id, dataset_name: "test", dataset_digest: "d" });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });

  it.each([
    [{}, ["three", "two", "one"]],
    [{ filter: "name = 'two'" }, ["two"]],
    [{ filter: "attributes.name LIKE 't%'" }, ["three", "two"]],
    [{ filter: "name IN ('one', 'two') AND model_type = 'sklearn'" }, ["two", "one"]],
    [{ filter: "params.n = '1'" }, ["two"]],
    [{ filter: "metrics.acc >= 0" }, ["two", "one"]],
    [{ filter: "metrics.acc > 5", datasets: [{ dataset_name: "test" }] }, ["one"]],
    [{ filter: "metrics.acc < 5", datasets: [{ dataset_name: "test" }] }, []],
    [{ datasets: [{ dataset_name: "test", dataset_digest: "other" }] }, []],
    [{ filter: "creation_timestamp > 0 AND status = 'LOGGED_MODEL_PENDING'" }, ["three", "two", "one"]],
    [{ order_by: [{ field_name: "metrics.acc" }] }, ["one", "two", "three"]],
    [{ order_by: [{ field_name: "metrics.acc", ascending: false }] }, ["two", "one", "three"]],
    [{ order_by: [{ field_name: "metrics.acc", ascending: false, dataset_name: "test" }] }, ["one", "three", "two"]],
    [{ order_by: [{ field_name: "name" }] }, ["one", "three", "two"]],
    [{ order_by: [{ field_name: "params.n" }] }, "INVALID_PARAMETER_VALUE"],
    [{ order_by: [{ field_name: "name DESC" }] }, "INVALID_PARAMETER_VALUE"],
    [{ order_by: [{ field_name: "name" }, { field_name: "attributes.name" }] }, "INVALID_PARAMETER_VALUE"],
    [{ filter: "metric.acc > 0" }, "INVALID_PARAMETER_VALUE"],
    [{ filter: "size = 'x'" }, "INVALID_PARAMETER_VALUE"],
    [{ experiment_ids: [] }, "INVALID_PARAMETER_VALUE"],
    [{ experiment_ids: ["999"] }, []],
  ])("with %j finds %j", async (fields, expected) => {
    expect(await names(fields)).toEqual(expected);
  });

  it("comes in pages, whose tokens serve their own query only", async () => {
    const first = await search({ max_results: 2 });
    const second = await search({ max_results: 2, page_token: first.body.next_page_token });

    expect(second.body.models).toHaveLength(1);
    expect(second.body).not.toHaveProperty("next_page_token");
    expect((await search({ filter: "name = 'x'", page_token: first.body.next_page_token })).status).toBe(400);
  });

  it("for one name, as clients send with every listing of files, costs one small read however many models there are", async () => {
    for (let made = 0; made < 50; made += 1) await idOf({ experiment_id: inExperiment, name: "filler" });
    await search({ filter: "name = 'tab.json'" });
    meter.take();

    const { body } = await search({ filter: "name = 'tab.json'" });

    expect(body).toEqual({});
    expect(meter.take()).toEqual({ calls: 1, readUnits: 1, writeUnits: 0 });
  });
});
