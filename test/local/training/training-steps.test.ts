import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import { Evaluation, trainModelOutput } from "#contracts/platform/training.ts";
import { compareModels } from "#functions/compare-models/function.ts";
import { create as createComparison } from "#functions/compare-models/handler.ts";
import { evaluateModel } from "#functions/evaluate-model/function.ts";
import { create as createEvaluation } from "#functions/evaluate-model/handler.ts";
import { trainModel } from "#functions/train-model/function.ts";
import { create as createTraining } from "#functions/train-model/handler.ts";
import { functionEnv } from "#runtime/function-env.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { startTestObjectStore, type TestObjectStore, testCredentials } from "#test/support/object-store/start.ts";
import { wineLines } from "#test/support/training-tasks.ts";

let store: TestObjectStore;
let tables: LocalTables;
const envOf = (spec: FunctionSpec) => functionEnv(spec, { ARTIFACTS_BUCKET: "plain", DATA_BUCKET: "plain", PLATFORM_TABLE: tables.table("platform") });

/** Rows of the wine data as Parquet, with the grower as text. */
async function writeParquet(key: string, rows: readonly string[]): Promise<void> {
  const [heading = ""] = wineLines();
  const named = rows.map((row) => row.replace(/,(\d)$/, ",grower $1"));
  await withDuckDb(async (session) => {
    const { folder } = session;
    await writeFile(join(folder, "rows.csv"), [heading, ...named].join("\n"));
    const [from, to] = [literal(join(folder, "rows.csv")), literal(join(folder, "rows.parquet"))];
    await session.run(`COPY (SELECT * FROM read_csv(${from})) TO ${to} (FORMAT parquet)`);
    await s3Objects(store.client).put({ bucket: "plain", key }, await readFile(join(folder, "rows.parquet")));
  });
}

beforeAll(async () => {
  [store, tables] = await Promise.all([startTestObjectStore(), startLocalTables()]);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: store.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  });
  const [, ...rows] = wineLines();
  await writeParquet("train.parquet", rows.slice(0, 130));
  await writeParquet("test.parquet", rows.slice(130));
});
afterAll(async () => {
  await store.stop();
  await tables.stop();
});

describe("the training steps over the object store", () => {
  it("train on Parquet, judge the written model in ONNX Runtime and prefer it to a weaker one", async () => {
    const train = createTraining(envOf(trainModel));
    const evaluate = createEvaluation(envOf(evaluateModel));
    const request = { trainUri: "s3://plain/train.parquet", target: "target", problem: "classification", dataHash: "v1", algorithm: "linear" };
    const judged = async (fields: object) => {
      const { modelUri, digest } = trainModelOutput.parse(await train({ ...request, ...fields }));
      return Evaluation.parse(await evaluate({ modelUri, digest, testUri: "s3://plain/test.parquet", target: "target", problem: "classification" }));
    };

    const candidate = await judged({ outputPrefix: "s3://plain/models/all" });
    const champion = await judged({ outputPrefix: "s3://plain/models/ash", features: ["ash"] });
    const verdict = await createComparison(envOf(compareModels))({ candidate, champion, primaryMetric: "accuracy", minimumLikelihood: 0.9 });

    expect(candidate.metrics["accuracy"]).toBeGreaterThan(0.9);
    expect(verdict).toMatchObject({ better: true, likelihood: 1 });
  });
});
