import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fitModel, predict } from "#core/training/fit-model.ts";
import { likeliest } from "#core/training/metrics.ts";
import { mlflowFiles } from "#core/training/mlflow-files.ts";
import { onnxBytes } from "#core/training/onnx/graph.ts";
import { modelGraph } from "#core/training/onnx/model-graph.ts";
import { signatureOf } from "#core/training/onnx/signature.ts";
import { pythonPath } from "#test/support/python.ts";
import { aProblem, type ProblemShape } from "#test/support/training-problems.ts";

const shape: ProblemShape = { seed: 4, rows: 90, numbers: 3, texts: 0, classes: 0, missingShare: 0.1 };
const models = {
  "a regression over numbers": { ...shape, algorithm: "linear" },
  "a regression over numbers and text, by trees": { ...shape, texts: 2, algorithm: "boosting" },
  "two classes over numbers, by trees": { ...shape, classes: 2, algorithm: "boosting" },
  "three text classes over numbers and text": { ...shape, seed: 5, texts: 1, classes: 3, algorithm: "auto" },
  "three classes over text alone": { ...shape, numbers: 0, texts: 2, classes: 3, algorithm: "linear" },
} as const;
const names = Object.keys(models) as (keyof typeof models)[];

/** A folder as training writes it, with what must come out for rows of the same kind. */
async function write(folder: string, { algorithm, ...problem }: (typeof models)[keyof typeof models]): Promise<void> {
  const { table, target } = aProblem(problem);
  const { model } = fitModel(table, target, algorithm, { maxRounds: 30 }, 1);
  const signature = signatureOf(model, "target");
  const bytes = onnxBytes(modelGraph(model), { producer: "capstan", signature: JSON.stringify(signature) });
  const digest = createHash("sha256").update(bytes).digest("hex");
  const unseen = aProblem({ ...problem, seed: problem.seed + 2 }).table;
  const predictions = predict(model, unseen);
  const cases =
    target.kind === "values"
      ? { output: "prediction", expected: Array.from(predictions, (value) => value * target.scale + target.mean) }
      : {
          output: "probabilities",
          expected: Array.from(predictions),
          labels: Array.from(likeliest(predictions, target.labels.length), (code) => String(target.labels[code])),
        };
  const columns = unseen.columns.map(({ name, kind, values }) => ({ name, kind, values: Array.from<unknown>(values) }));
  await mkdir(folder, { recursive: true });
  const files = mlflowFiles({ digest, bytes: bytes.byteLength, signature, createdAt: 1_767_225_600_000 });
  const written = { ...files, "model.onnx": bytes, "cases.json": JSON.stringify({ columns, ...cases }) };
  await Promise.all(Object.entries(written).map(([name, content]) => writeFile(join(folder, name), content)));
}

describe("a trained model's folder", () => {
  let root = "";
  let found: Record<string, unknown> = {};
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "capstan-models-"));
    await Promise.all(names.map((name) => write(join(root, name), models[name])));
    const folders = names.map((name) => join(root, name));
    const { stdout, stderr } = spawnSync(pythonPath, [join(import.meta.dirname, "check_models.py"), ...folders], { encoding: "utf8" });
    found = stdout.startsWith("{") ? JSON.parse(stdout) : { stderr };
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it.each(names)("passes onnx's full check and predicts the same under stock MLflow: %s", (name) => {
    expect(found).toHaveProperty([name], null);
  });
});
