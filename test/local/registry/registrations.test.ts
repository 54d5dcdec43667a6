import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { trackedRoots } from "#core/artifacts/tracked-roots.ts";
import { createHandler } from "#functions/mlflow-logged-models/handler.ts";
import { createHandler as registryHandler } from "#functions/mlflow-registry/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { loggedModelContext, registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { artifactStore } from "#stores/s3/artifacts.ts";
import { call } from "#test/support/call.ts";
import { type LocalObjects, startLocalObjects } from "#test/support/local-objects.ts";
import { startTracking, type TrackingService } from "../tracking/tracking-service.ts";

let tracking: TrackingService;
let objects: LocalObjects;
let models: HttpHandler;
let registry: HttpHandler;
let modelId: string;

beforeAll(async () => {
  [tracking, objects] = await Promise.all([startTracking(), startLocalObjects("artifacts")]);
  const { client } = tracking.tables;
  const table = tracking.tables.table("tracking");
  const registered = registryContext(client, table);
  models = createHandler(loggedModelContext(client, table), {
    artifacts: artifactStore(objects.client),
    bucket: "artifacts",
    roots: trackedRoots(tracking.context, registered),
  });
  registry = registryHandler(registered);
});
afterAll(async () => {
  await tracking.stop();
  await objects.stop();
});

async function newModel(): Promise<void> {
  const { body } = await call(models, loggedModelsContract, "createLoggedModel", { experiment_id: await tracking.newExperiment() });
  modelId = body.model.info.model_id;
}
async function register(name: string): Promise<void> {
  await call(registry, registeredModelsContract, "createRegisteredModel", { name });
  await call(registry, modelVersionsContract, "createModelVersion", { name, source: `models:/${modelId}` });
}
async function listed(): Promise<unknown> {
  const { body } = await call(models, loggedModelsContract, "getLoggedModel", { model_id: modelId });
  const tags: { key: string; value: string }[] = body.model.info.tags ?? [];
  return JSON.parse(tags.find(({ key }) => key === "mlflow.modelVersions")?.value ?? "[]");
}

describe("versions registered from a logged model", () => {
  it("are all listed, also of twelve that are registered at once", async () => {
    await newModel();
    const names = Array.from({ length: 12 }, (_, index) => `at-once-${String(index).padStart(2, "0")}`);

    await Promise.all(names.map(register));

    expect(await listed()).toEqual(names.map((name) => ({ name, version: "1" })));
  });

  it("are listed once beside those that a client writes itself", async () => {
    await newModel();
    await register("by-both");
    const written = [
      { name: "elsewhere", version: "3" },
      { name: "by-both", version: "1" },
    ];

    const tags = [{ key: "mlflow.modelVersions", value: JSON.stringify(written) }];
    await call(models, loggedModelsContract, "setLoggedModelTags", { model_id: modelId, tags });

    expect(await listed()).toEqual(written);
  });
});
