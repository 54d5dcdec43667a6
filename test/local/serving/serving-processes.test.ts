import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { endpointStore } from "#stores/dynamodb/serving/endpoints.ts";
import { statisticsStore } from "#stores/dynamodb/serving/statistics.ts";
import { anEndpoint, aVariant } from "#test/support/inference.ts";
import { startInference } from "#test/support/inference-process.ts";
import { startLocalObjects } from "#test/support/local-objects.ts";
import { startLocalTables } from "#test/support/local-tables.ts";
import { linearModel } from "#test/support/onnx-model.ts";
import { inferBody, models } from "../../bench/serving/models.ts";

const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

/** A folder with one model, as a container has it. */
function modelFolder(onnx: Uint8Array): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "capstan-"));
  writeFileSync(join(folder, "model.onnx"), onnx);
  return { CAPSTAN_MODEL_FOLDER: folder, CAPSTAN_CACHE_FOLDER: join(folder, "cache") };
}

describe("a slow model", () => {
  it("runs beside what else the server is asked", async () => {
    const server = await startInference(modelFolder(models.heavy.onnx));
    const infer = () => fetch(`${server.url}/v2/models/model/infer`, { method: "POST", body: inferBody(models.heavy) });
    // The first runs are found slow, and the model moves behind their answers.
    for (let run = 0; run < 20; run++) expect((await infer()).status).toBe(200);

    const state = { running: true };
    let checks = 0;
    const predictions = Promise.all(Array.from({ length: 20 }, async () => (await infer()).text())).finally(() => {
      state.running = false;
    });
    while (state.running) {
      await (await fetch(`${server.url}/ping`)).text();
      checks += 1;
    }
    await predictions;

    // On one thread a check waits for a run at least, and there are no more checks than runs.
    expect(checks).toBeGreaterThan(40);
    expect(await server.stop()).toBe(0);
  });
});

describe("several serving processes", () => {
  it("share one port, count every request once, and outlive one of them", async () => {
    const [tables, objects] = await Promise.all([startLocalTables(), startLocalObjects("artifacts", "data")]);
    const model = linearModel([2, 3], 1);
    await objects.client.send(new PutObjectCommand({ Bucket: "artifacts", Key: "churn/1/model.onnx", Body: model }));
    const event = { at: 1, by: "tester", revision: 1, change: "created" as const, reason: "", weights: {}, models: {} };
    const variant = aVariant(model, { modelUri: "s3://artifacts/churn/1" });
    await endpointStore(tables.client, tables.table("platform")).save({ endpoint: anEndpoint([variant]), expectedRevision: 0, event });
    const server = await startInference({
      AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
      AWS_ENDPOINT_URL_S3: objects.endpoint,
      PLATFORM_TABLE: tables.table("platform"),
      ARTIFACTS_BUCKET: "artifacts",
      DATA_BUCKET: "data",
      CAPSTAN_CACHE_FOLDER: mkdtempSync(join(tmpdir(), "capstan-")),
      CAPSTAN_SERVING_PROCESSES: "2",
    });
    const body = JSON.stringify({ inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], data: [1, 1] }] });
    // A connection each, so that both processes get some.
    const score = async () => {
      const answer = await fetch(`${server.url}/v2/models/churn/infer`, { method: "POST", headers: { connection: "close" }, body });
      return ((await answer.json()) as { outputs: { data: number[] }[] }).outputs[0]?.data[0];
    };
    const pid = server.child.pid ?? 0;
    await expect.poll(() => childrenOf(pid).length, { timeout: 10_000 }).toBe(2);

    const scores = await Promise.all(Array.from({ length: 40 }, score));

    expect(new Set(scores)).toEqual(new Set([6]));
    const minute = Math.floor(Date.now() / 60_000);
    const statistics = statisticsStore(tables.client, tables.table("platform"));
    const counted = async () =>
      (await statistics.read("churn", minute - 1, minute + 1)).reduce((sum, { variants }) => sum + (variants.get("main")?.requests ?? 0), 0);
    await expect.poll(counted, { timeout: 10_000 }).toBe(40);

    const [first = 0] = childrenOf(pid);
    process.kill(first, "SIGKILL");
    await expect.poll(() => childrenOf(pid).filter((child) => child !== first).length, { timeout: 10_000 }).toBe(2);
    expect(await score()).toBe(6);
    expect(await server.stop()).toBe(0);
    await Promise.allSettled([tables.stop(), objects.stop()]);
  });

  it("end together, with an error, when the model is not there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "capstan-"));

    const outcome = startInference({ CAPSTAN_MODEL_FOLDER: folder, CAPSTAN_SERVING_PROCESSES: "2" });

    await expect(outcome).rejects.toThrow("ended with code 1");
  });
});
