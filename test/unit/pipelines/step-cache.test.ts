import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { trainStep } from "#core/pipelines/pure-steps.ts";
import type { StepCache } from "#core/pipelines/step-cache.ts";
import { createTask as evaluateTask } from "#functions/evaluate-model/handler.ts";
import { createTask as joinTask } from "#functions/join-features/handler.ts";
import { createTask as trainTask } from "#functions/train-model/handler.ts";
import { createTask as validateTask } from "#functions/validate-dataset/handler.ts";
import { loadModel } from "#onnx/model.ts";
import { parseS3Uri } from "#stores/s3/objects.ts";
import { evaluationContext, trainingContext } from "#stores/training-context.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { wineLines } from "#test/support/training-tasks.ts";

/** A cache in memory over these objects. */
function aCache(objects = memoryObjects()) {
  const kept = new Map<string, string>();
  const cache: StepCache = {
    results: {
      find: async (key) => JSON.parse(kept.get(key) ?? "null") as unknown,
      put: async (key, result) => void kept.set(key, JSON.stringify(result)),
    },
    hash: (text) => createHash("sha256").update(text).digest("hex"),
    exists: async (uri) => (await objects.size(parseS3Uri(uri))) !== undefined,
  };
  return { cache, kept, objects };
}

const [heading = "", ...rows] = wineLines();
const csv = (lines: readonly string[]) => `${[heading, ...lines].join("\n")}\n`;

/** Training and evaluation with a cache, over wine. */
async function trainingWithCache() {
  const { cache, objects } = aCache();
  await objects.put({ bucket: "data", key: "train.csv" }, csv(rows.slice(0, 130)));
  await objects.put({ bucket: "data", key: "test.csv" }, csv(rows.slice(130)));
  const train = trainTask(trainingContext(objects), cache);
  const evaluate = evaluateTask(
    evaluationContext("data", (bytes) => loadModel(bytes), objects),
    cache,
  );
  const input = {
    trainUri: "s3://data/train.csv",
    target: "target",
    problem: "classification",
    algorithm: "linear",
    outputPrefix: "s3://artifacts/one",
    dataHash: "h",
  };
  type Trained = { readonly cached: boolean; readonly modelUri: string; readonly digest: string };
  return { objects, evaluate, train: async (fields: object = {}) => (await train({ ...input, ...fields })) as Trained };
}

describe("a step whose results are kept", () => {
  let step: Awaited<ReturnType<typeof trainingWithCache>>;
  beforeEach(async () => {
    step = await trainingWithCache();
  });

  it("is not run again for the same data and settings, wherever its model goes: that is copied there", async () => {
    const first = await step.train();

    const second = await step.train({ outputPrefix: "s3://artifacts/two/" });

    expect(first.cached).toBe(false);
    expect(second).toEqual({ ...first, cached: true, modelUri: "s3://artifacts/two" });
    const names = (folder: string) =>
      step.objects
        .keys()
        .filter((key) => key.startsWith(folder))
        .map((key) => key.slice(folder.length));
    expect(names("two/")).toEqual(names("one/"));
    expect(step.objects.text("two/capstan.json")).toBe(step.objects.text("one/capstan.json"));
  });

  it.each([
    ["another seed", { seed: 7 }],
    ["other data", { trainUri: "s3://data/test.csv" }],
    ["other options", { options: { folds: 3 } }],
    ["a wish not to use what is known", { cache: false }],
  ])("is run for %s", async (_title, fields) => {
    await step.train();

    expect((await step.train(fields)).cached).toBe(false);
  });

  it.each(["model.onnx", "capstan.json", "MLmodel"])("is run again where %s of the earlier model is gone, and its new result is kept", async (name) => {
    await step.train();
    await step.objects.remove({ bucket: "artifacts", key: `one/${name}` });

    const second = await step.train({ outputPrefix: "s3://artifacts/two" });
    const third = await step.train({ outputPrefix: "s3://artifacts/three" });

    expect([second.cached, third.cached]).toEqual([false, true]);
  });

  it("knows a model by its digest: evaluating a copy is evaluating the model", async () => {
    const first = await step.train();
    const second = await step.train({ outputPrefix: "s3://artifacts/two" });
    const test = { digest: first.digest, testUri: "s3://data/test.csv", target: "target", problem: "classification" };

    const evaluated = await step.evaluate({ ...test, modelUri: first.modelUri });
    const again = await step.evaluate({ ...test, modelUri: second.modelUri });

    expect(again).toEqual({ ...(evaluated as object), cached: true });
  });

  it("has a revision that grows whenever its code gives another model for the same input", async () => {
    const { revision } = trainStep({ copyModel: async () => {} });
    const digests = [await step.train({ seed: 1 }), await step.train({ seed: 1, algorithm: "boosting" })].map(({ digest }) => digest.slice(0, 16));

    // Where the digests have changed, so must the revision: kept results of the old code would go on answering otherwise.
    expect({ revision, digests }).toEqual({ revision: 1, digests: ["bf743fff9ecae690", "47f1844e0eb40f86"] });
  });
});

describe("validation", () => {
  it("is run again when the dataset's own contract has changed", async () => {
    const { cache, objects } = aCache();
    let contract = { columns: [{ name: "a", type: "integer" }], minRows: 1 };
    const checked: unknown[] = [];
    const ctx = {
      datasets: { find: async () => ({ contract }) },
      work: {
        check: async (_uri: string, given: unknown) => {
          checked.push(given);
          return { ok: true, rows: 1, errors: [], warnings: [] };
        },
      },
      documents: {
        writeReport: async () => {
          await objects.put({ bucket: "data", key: "report" }, "{}");
          return "s3://data/report";
        },
      },
    };
    const validate = validateTask(ctx as never, cache);
    const input = { dataset: "customers", uri: "s3://data/rows" };

    const results = [await validate(input), await validate(input)];
    contract = { ...contract, minRows: 2 };
    results.push(await validate(input));

    expect(results).toMatchObject([{ cached: false }, { cached: true }, { cached: false }]);
    expect(checked).toMatchObject([{ minRows: 1 }, { minRows: 2 }]);
  });
});

describe("a join", () => {
  it("is run again when a view's history has grown", async () => {
    const { cache, objects } = aCache();
    let history = ["features/pushed/v/1/a.parquet"];
    let runs = 0;
    const view = { name: "v", generation: "1", features: [{ name: "f", valueType: "DOUBLE" }] };
    const ctx = {
      definitions: { find: async () => ({ definition: view }) },
      training: {
        join: async () => {
          runs += 1;
          await objects.put({ bucket: "data", key: "joined.parquet" }, "rows");
          return { uri: "s3://data/joined.parquet", rows: 1, columns: ["f"], sha256: "s" };
        },
      },
      history: async () => history,
    };
    const join = joinTask(ctx as never, cache);
    const input = { entityRowsUri: "s3://data/rows.parquet", features: ["v:f"] };

    await join(input);
    await join(input);
    history = [...history, "features/pushed/v/1/b.parquet"];
    await join(input);

    expect(runs).toBe(2);
  });
});
