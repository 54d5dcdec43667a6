import { createHash } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { setAlias, versionByAlias } from "#core/registry/aliases.ts";
import { createVersion } from "#core/registry/model-versions.ts";
import { createModel } from "#core/registry/registered-models.ts";
import type { RegistryWriteContext } from "#core/registry/registry.ts";
import { createHandler } from "#functions/endpoints/handler.ts";
import { registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { endpointContext } from "#stores/serving-context.ts";
import { call } from "#test/support/call.ts";
import { type LocalObjects, startLocalObjects } from "#test/support/local-objects.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { linearModel } from "#test/support/onnx-model.ts";

const model = linearModel([2, 3], 1);
const digest = createHash("sha256").update(model).digest("hex");
const signature = {
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2], columns: ["age", "visits"] }],
  outputs: [{ name: "score", datatype: "FP32", shape: [-1, 1] }],
  featureNames: ["age", "visits"],
  target: "score",
  problem: "regression",
};

let tables: LocalTables;
let objects: LocalObjects;
let registry: RegistryWriteContext;
const api = (operation: keyof typeof endpointContract.routes, fields: object) => {
  const ctx = endpointContext(tables.table("platform"), tables.table("tracking"), "artifacts");
  return call(createHandler({ ...ctx, startRolloutMachine: async () => {} }), endpointContract, operation, { ...fields });
};
const put = (Key: string, Body: Buffer | string) => objects.client.send(new PutObjectCommand({ Bucket: "artifacts", Key, Body }));

beforeAll(async () => {
  [tables, objects] = await Promise.all([startLocalTables(), startLocalObjects("artifacts")]);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_ENDPOINT_URL_S3: objects.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test-secret",
  });
  registry = { ...registryContext(tables.client, tables.table("tracking")), actor: { by: "tester" } };
  await createModel(registry, { name: "churn", tags: [] });
  await put("models/1/model.onnx", model);
  await put("models/1/capstan.json", JSON.stringify({ digest, signature, metrics: {} }));
  await put("models/2/model.onnx", model);
  await createVersion(registry, "churn", { source: "s3://artifacts/models/1", tags: [{ key: "capstan.digest", value: digest }] });
  await createVersion(registry, "churn", { source: "s3://artifacts/models/2", tags: [] });
  await createVersion(registry, "churn", { source: "s3://artifacts/models/none", tags: [] });
  await setAlias(registry, "churn", "champion", 1);
});
afterAll(async () => {
  await Promise.allSettled([tables.stop(), objects.stop()]);
});

describe("an endpoint over the registry", () => {
  it("serves a version with the digest of its tag and the signature beside its file", async () => {
    const { body } = await api("putEndpoint", { name: "one", variants: [{ modelName: "churn", alias: "champion" }] });

    expect(body.endpoint.variants).toEqual([
      { name: "main", modelName: "churn", modelVersion: "1", modelUri: "s3://artifacts/models/1", digest, signature, weight: 1 },
    ]);
  });

  it("finds the digest of a version that any MLflow client registered", async () => {
    const { body } = await api("putEndpoint", { name: "two", variants: [{ modelName: "churn", modelVersion: "2" }] });

    expect(body.endpoint.variants).toEqual([{ name: "main", modelName: "churn", modelVersion: "2", modelUri: "s3://artifacts/models/2", digest, weight: 1 }]);
  });

  it.each([
    ["a version without a model file", { modelName: "churn", modelVersion: "3" }, 404, /object s3:\/\/artifacts\/models\/none\/model.onnx not found/],
    ["a version that does not exist", { modelName: "churn", modelVersion: "9" }, 404, /version=9/],
    ["a version that is no number", { modelName: "churn", modelVersion: "latest" }, 400, /modelVersion must be a version number, got latest/],
    ["a model that does not exist", { modelName: "nope", modelVersion: "1" }, 404, /nope/],
    ["an alias that does not exist", { modelName: "churn", alias: "nope" }, 400, /alias nope not found/],
  ])("refuses %s", async (_what, variant, status, message) => {
    expect(await api("putEndpoint", { name: "three", variants: [variant] })).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  });

  it("moves the champion with a promotion", async () => {
    await api("putEndpoint", { name: "four", variants: [{ modelName: "churn", modelVersion: "1" }] });
    await api("startRollout", { name: "four", rolloutId: "r1", modelName: "churn", modelVersion: "2" });

    await api("promoteRollout", { name: "four", rolloutId: "r1" });

    expect((await versionByAlias(registry, "churn", "champion")).version.version).toBe(2);
  });
});
