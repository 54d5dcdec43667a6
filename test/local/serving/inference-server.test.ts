import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointStore } from "#stores/dynamodb/serving/endpoints.ts";
import { statisticsStore } from "#stores/dynamodb/serving/statistics.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { anEndpoint, aVariant } from "#test/support/inference.ts";
import { type InferenceProcess, startInference } from "#test/support/inference-process.ts";
import { type LocalObjects, startLocalObjects } from "#test/support/local-objects.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { linearModel } from "#test/support/onnx-model.ts";

const model = linearModel([2, 3], 1);
const body = JSON.stringify({ inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], data: [1, 1] }] });
const folder = mkdtempSync(join(tmpdir(), "capstan-"));

let tables: LocalTables;
let objects: LocalObjects;
let server: InferenceProcess;
const environment = () => ({
  AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
  AWS_ENDPOINT_URL_S3: objects.endpoint,
  PLATFORM_TABLE: tables.table("platform"),
  ARTIFACTS_BUCKET: "artifacts",
  DATA_BUCKET: "data",
  CAPSTAN_CACHE_FOLDER: folder,
});
const infer = (url = server.url, path = "/v2/models/churn/infer") =>
  fetch(`${url}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body });
const score = async (url?: string) => ((await (await infer(url)).json()) as { outputs: { data: number[] }[] }).outputs[0]?.data[0];

beforeAll(async () => {
  [tables, objects] = await Promise.all([startLocalTables(), startLocalObjects("artifacts", "data")]);
  await objects.client.send(new PutObjectCommand({ Bucket: "artifacts", Key: "churn/1/model.onnx", Body: model }));
  await objects.client.send(new PutObjectCommand({ Bucket: "artifacts", Key: "churn/2/model.onnx", Body: Buffer.from("not what was registered") }));
  const store = endpointStore(tables.client, tables.table("platform"));
  const event = { at: 1, by: "tester", revision: 1, change: "created" as const, reason: "", weights: {}, models: {} };
  const good = aVariant(model, { modelUri: "s3://artifacts/churn/1" });
  const swapped = aVariant(model, { name: "swapped", modelVersion: "2", modelUri: "s3://artifacts/churn/2", digest: "0".repeat(64), weight: 0 });
  await store.save({ endpoint: anEndpoint([good, swapped], { captureRate: 1 }), expectedRevision: 0, event });
  server = await startInference(environment());
});
afterAll(async () => {
  await server.stop();
  await Promise.allSettled([tables.stop(), objects.stop()]);
});

describe("the inference server", () => {
  it("answers from the registered model, keeps statistics and captures", async () => {
    expect(await score()).toBe(6);

    const minute = Math.floor(Date.now() / 60_000);
    const statistics = statisticsStore(tables.client, tables.table("platform"));
    const captures = captureStore(s3Objects(objects.client), "data");
    await expect.poll(async () => (await statistics.read("churn", minute - 1, minute + 1))[0]?.variants.get("main")?.requests, { timeout: 10_000 }).toBe(1);
    await expect
      .poll(async () => (await captures.list({ endpoint: "churn", variant: "main" }, Date.now() - 3_600_000, Date.now() + 60_000)).length, { timeout: 10_000 })
      .toBe(1);
  });

  it("never loads bytes of another digest", async () => {
    const reply = await infer(server.url, "/v2/models/churn/versions/2/infer");

    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("5");
    expect(await reply.json()).toEqual({
      error: expect.stringMatching(
        /^model version churn\/2 cannot be loaded: model file s3:\/\/artifacts\/churn\/2\/model.onnx must have the SHA-256 0+, got [0-9a-f]{64}$/,
      ),
    });
  });

  it("refuses a body beyond the limit, and reads on to the next request of the connection", async () => {
    const large = await fetch(`${server.url}/v2/models/churn/infer`, { method: "POST", body: Buffer.alloc(7_000_000, " ") });

    expect(large.status).toBe(413);
    expect(await large.json()).toEqual({ error: "body must be at most 6291456 bytes" });
    expect(await score()).toBe(6);
  });

  it("answers while the tables are gone, also after a restart, and refuses what it never knew", async () => {
    await tables.stop();
    await objects.stop();

    const answers: (number | undefined)[] = [];
    for (let round = 0; round < 20; round++) {
      answers.push(await score());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const restarted = await startInference(environment());
    const again = await score(restarted.url);
    const unknown = await infer(restarted.url, "/v2/models/other/infer");
    await restarted.stop();

    expect(new Set(answers)).toEqual(new Set([6]));
    expect(again).toBe(6);
    expect(unknown.status).toBe(503);
  });

  it("answers what is under way when it is told to end", async () => {
    const folderWithModel = mkdtempSync(join(tmpdir(), "model-"));
    writeFileSync(join(folderWithModel, "model.onnx"), model);
    const { PLATFORM_TABLE: _none, ...others } = environment();
    const container = await startInference({ ...others, CAPSTAN_MODEL_FOLDER: folderWithModel });

    expect((await fetch(`${container.url}/ping`)).status).toBe(200);
    let release = () => {};
    const slow = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('{"inputs": '));
        release = () => {
          controller.enqueue(Buffer.from("[[1, 1]]}"));
          controller.close();
        };
      },
    });
    const reply = fetch(`${container.url}/invocations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: slow,
      duplex: "half",
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const exit = container.stop();
    release();

    expect(await (await reply).json()).toEqual({ predictions: [6] });
    expect(await exit).toBe(0);
  });
});
