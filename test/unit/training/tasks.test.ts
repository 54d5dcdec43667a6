import { beforeAll, describe, expect, it } from "vitest";
import { Evaluation, ModelCard, trainModelOutput } from "#contracts/platform/training.ts";
import { trainingTasks } from "#test/support/training-tasks.ts";

const request = {
  trainUri: "s3://data/train.csv",
  target: "target",
  problem: "classification",
  algorithm: "linear",
  seed: 5,
  outputPrefix: "s3://artifacts/0/models/m-1/artifacts",
  dataHash: "d41d8c",
};
const tasks = trainingTasks();
beforeAll(() => tasks.ready);

const train = async (fields: object = {}) => trainModelOutput.parse(await tasks.train({ ...request, ...fields }));
const evaluate = async ({ modelUri, digest }: { readonly modelUri: string; readonly digest: string }, fields: object = {}) =>
  Evaluation.parse(await tasks.evaluate({ modelUri, digest, testUri: "s3://data/test.csv", target: "target", problem: "classification", ...fields }));

describe("train-model", () => {
  it("writes an MLflow model folder whose card repeats what it answers", async () => {
    const trained = await train();

    const keys = tasks.objects.keys().filter((key) => key.startsWith("0/models/m-1/"));
    const card = ModelCard.parse(JSON.parse(tasks.objects.text("0/models/m-1/artifacts/capstan.json")));
    expect(keys.map((key) => key.slice("0/models/m-1/artifacts/".length))).toEqual([
      "MLmodel",
      "capstan.json",
      "conda.yaml",
      "model.onnx",
      "python_env.yaml",
      "requirements.txt",
    ]);
    expect(card).toMatchObject({ digest: trained.digest, signature: trained.signature, metrics: trained.metrics, training: { dataHash: "d41d8c", rows: 130 } });
    expect(trained).toMatchObject({ modelUri: "s3://artifacts/0/models/m-1/artifacts", algorithm: "linear", rows: 130 });
    expect(trained.signature).toMatchObject({ target: "target", problem: "classification", labels: [0, 1, 2], inputs: [{ name: "input", shape: [-1, 13] }] });
  });

  it("answers a repeated call with the same digest and changes no byte", async () => {
    const first = await train({ algorithm: "auto", options: { maxRounds: 10 }, outputPrefix: "s3://artifacts/again/" });
    const before = tasks.objects.keys().map((key) => tasks.objects.text(key));

    const second = await train({ algorithm: "auto", options: { maxRounds: 10 }, outputPrefix: "s3://artifacts/again/" });

    expect(second).toEqual(first);
    expect(tasks.objects.keys().map((key) => tasks.objects.text(key))).toEqual(before);
  });

  it("takes text columns, truth values and gaps from Parquet-like CSV, leaves dates out and drops rows without a target", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i % 3 === 0 ? "" : i},${i % 2 === 0 ? "red" : "blue"},${i % 2 === 0},2026-01-01,${i % 20 === 0 ? "" : i * 2}`,
    );
    await tasks.write("mixed.csv", `size,colour,on,day,price\n${rows.join("\n")}\n`);

    const trained = await train({ trainUri: "s3://data/mixed.csv", target: "price", problem: "regression", outputPrefix: "s3://artifacts/mixed" });

    expect(trained.rows).toBe(57);
    expect(trained.signature.inputs).toEqual([
      { name: "size", datatype: "FP32", shape: [-1] },
      { name: "colour", datatype: "BYTES", shape: [-1] },
      { name: "on", datatype: "FP32", shape: [-1] },
    ]);
    expect(trained.signature.outputs).toEqual([{ name: "prediction", datatype: "FP32", shape: [-1, 1] }]);
  });

  it.each([
    [{ target: "grower" }, /target must be one of the columns alcohol, .*, got grower/],
    [{ features: ["alcohol", "price"] }, /feature price must be a column beside the target/],
    [{ features: ["hue", "hue"] }, /features must name each column once, got hue again/],
    [{ target: "color_intensity" }, /target must have 2 to 100 classes, got 1\d\d/],
    [{ options: { leafs: 3 } }, /leafs/],
    [{ trainUri: "s3://data/train.txt" }, /must be like s3:\/\/bucket\/key and end in .parquet or .csv/],
    [{ trainUri: "s3://data/none.csv" }, /object s3:\/\/data\/none.csv not found/],
  ])("refuses %j and says what is allowed", async (fields, message) => {
    await expect(train(fields)).rejects.toThrow(message);
  });

  it("refuses a file that is not what its name says", async () => {
    await tasks.write("broken.parquet", "not parquet at all");

    await expect(train({ trainUri: "s3://data/broken.parquet" })).rejects.toThrow(/table must be readable as its name says/);
  });
});

describe("evaluate-model", () => {
  it("judges unseen rows, and keeps what it said of each under the hashes of model and test", async () => {
    const judged = await evaluate(await train());

    expect(judged).toMatchObject({ rows: 48, testHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(judged.metrics["accuracy"]).toBeGreaterThan(0.9);
    expect(judged.metrics["auc"]).toBeGreaterThan(0.98);
    expect(judged.predictionsUri).toBe(`s3://data/evaluations/${judged.digest}/${judged.testHash}.parquet`);
    expect(tasks.objects.keys()).toContain(`evaluations/${judged.digest}/${judged.testHash}.parquet`);
  });

  it("counts a class that the model does not know as wrong", async () => {
    const model = await train();
    const known = await evaluate(model);
    const [heading = "", ...rows] = Buffer.from((await tasks.objects.get({ bucket: "data", key: "test.csv" })) ?? [])
      .toString("utf8")
      .trim()
      .split("\n");
    await tasks.write("unknown.csv", `${[heading, ...rows.map((row) => row.replace(/,\d$/, ",7"))].join("\n")}\n`);

    const unknown = await evaluate(model, { testUri: "s3://data/unknown.csv" });

    expect(known.metrics["accuracy"]).toBeGreaterThan(0);
    expect(unknown.metrics["accuracy"]).toBe(0);
    expect(unknown.metrics["logLoss"]).toBeCloseTo(-Math.log(1e-15), 6);
  });

  it("refuses other bytes than those of the digest, and another problem than the model's", async () => {
    const model = await train();

    await expect(evaluate({ ...model, digest: "0".repeat(64) })).rejects.toThrow(/must have the SHA-256 0{64}/);
    await expect(evaluate(model, { problem: "regression" })).rejects.toThrow(/problem must be that of the model, classification, got regression/);
    await expect(evaluate(model, { target: "grower" })).rejects.toThrow(/test table must have the columns grower/);
  });
});

describe("compare-models", () => {
  const weak = () => train({ features: ["ash"], outputPrefix: "s3://artifacts/weak" });
  const compare = (fields: object) => tasks.compare({ primaryMetric: "accuracy", ...fields });

  it("prefers the model that is better on the same rows, and says how sure that is", async () => {
    const [candidate, champion] = [await evaluate(await train()), await evaluate(await weak())];

    const verdict = await compare({ candidate, champion, minimumImprovement: 0.05, minimumLikelihood: 0.95 });
    const reverse = await compare({ candidate: champion, champion: candidate });

    expect(verdict).toMatchObject({ better: true, difference: expect.closeTo((candidate.metrics["accuracy"] ?? 0) - (champion.metrics["accuracy"] ?? 0)) });
    expect(verdict).toHaveProperty("likelihood", 1);
    expect(reverse).toMatchObject({ better: false, likelihood: 0 });
  });

  it("counts a metric that falls as better, and one that is no mean over rows without resampling", async () => {
    const [candidate, champion] = [await evaluate(await train()), await evaluate(await weak())];

    expect(await compare({ candidate, champion, primaryMetric: "logLoss" })).toMatchObject({ better: true });
    expect(await compare({ candidate, champion, primaryMetric: "auc" })).toMatchObject({ better: true, likelihood: null });
  });

  it("takes any candidate where there is no champion, and none that is merely equal", async () => {
    const candidate = await evaluate(await train());

    expect(await compare({ candidate, champion: null })).toMatchObject({ better: true, difference: null });
    expect(await compare({ candidate, champion: candidate })).toMatchObject({ better: false, difference: 0, likelihood: 0.5 });
    expect(await compare({ candidate, champion: candidate, minimumImprovement: -0.01 })).toMatchObject({ better: true });
  });

  it("refuses evaluations on different tests and a metric that they lack", async () => {
    const candidate = await evaluate(await train());

    await expect(compare({ candidate, champion: { ...candidate, testHash: "other" } })).rejects.toThrow(/testHash must be the same/);
    await expect(compare({ candidate, champion: candidate, primaryMetric: "r2" })).rejects.toThrow(/must have r2, got accuracy/);
  });
});
