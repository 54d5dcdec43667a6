import type * as z from "zod";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import type { Evaluation, evaluateModelInput } from "#contracts/platform/training.ts";
import { invalid } from "../errors.ts";
import type { Tensor } from "../serving/tensor.ts";
import { likeliest, metricsOf } from "./metrics.ts";
import { predictionOutput } from "./prediction-output.ts";
import type { Table } from "./table.ts";
import { featuresOf, tensorsOfTable } from "./table-tensors.ts";
import type { RawTarget, Target } from "./target.ts";
import type { TableSource } from "./train-model.ts";

/** A model in memory. */
export interface Scorer {
  infer(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
  release(): Promise<void>;
}

/** A row of the test file: what was true, what was said, and how wrong that was. */
export interface JudgedRow {
  readonly truth: string | number;
  readonly predicted: string | number;
  /** Log loss, or squared error. */
  readonly loss: number;
  /** 1 where the class is wrong, else 0; or absolute error. */
  readonly error: number;
}

export interface EvaluationContext {
  withTable<T>(uri: string, work: (source: TableSource & { readonly hash: () => Promise<string> }) => Promise<T>): Promise<T>;
  /** The signature beside a model, undefined where there is none. */
  signature(modelUri: string, digest: string): Promise<ModelSignature | undefined>;
  /** @throws DomainError when the bytes are not those of the digest */
  load(modelUri: string, digest: string): Promise<Scorer>;
  /** Keeps judged rows under a name made of both hashes. @returns where */
  readonly keep: (digest: string, testHash: string, rows: readonly JudgedRow[]) => Promise<string>;
}

const batchRows = 4096;

/** Truth in the model's classes; one that the model does not know is -1, and always wrong. */
function truthOf({ labels }: ModelSignature, raw: RawTarget): Target {
  if (!labels) return { kind: "values", mean: 0, scale: 1, values: Float64Array.from(raw, Number) };
  const code = new Map(labels.map((label, index) => [String(label), index]));
  return { kind: "classes", labels, codes: Int32Array.from(raw, (value) => code.get(String(value)) ?? -1) };
}

/** Predictions for every row; the model is released, whatever happens. */
async function predictionsOf(scorer: Scorer, signature: ModelSignature, table: Table, width: number): Promise<Float64Array> {
  const wanted = predictionOutput(signature.problem, signature.outputs)?.name ?? "prediction";
  const all = new Float64Array(table.rows * width);
  try {
    for (let from = 0; from < table.rows; from += batchRows) {
      const to = Math.min(from + batchRows, table.rows);
      const outputs = await scorer.infer(tensorsOfTable(signature, table, from, to));
      const output = outputs.find(({ name }) => name === wanted);
      if (output?.data.length !== (to - from) * width)
        throw invalid(
          `model must have an output ${wanted} of ${width} for each row, got ${outputs.map(({ name, shape }) => `${name} [${shape.join(", ")}]`).join(", ")}`,
        );
      all.set(Float64Array.from<number | bigint | string>(output.data, Number), from * width);
    }
    return all;
  } finally {
    await scorer.release();
  }
}

function judged(target: Target, raw: RawTarget, predictions: Float64Array): JudgedRow[] {
  if (target.kind === "values")
    return raw.map((truth, row) => {
      const predicted = predictions[row] ?? 0;
      const error = Math.abs(Number(truth) - predicted);
      return { truth: Number(truth), predicted, loss: error * error, error };
    });
  const { labels, codes } = target;
  const guesses = likeliest(predictions, labels.length);
  return raw.map((truth, row) => {
    const code = codes[row] ?? -1;
    const guess = guesses[row] ?? 0;
    const probability = code < 0 ? 0 : (predictions[row * labels.length + code] ?? 0);
    return { truth: String(truth), predicted: String(labels[guess]), loss: -Math.log(Math.max(probability, 1e-15)), error: code === guess ? 0 : 1 };
  });
}

/** How good a model is on rows of a table that have a target. Repeating it changes nothing. */
export async function evaluateModel(ctx: EvaluationContext, input: z.output<typeof evaluateModelInput>): Promise<Evaluation> {
  const { modelUri, digest } = input;
  const signature = await ctx.signature(modelUri, digest);
  if (!signature) throw invalid(`model ${modelUri} must have its signature in capstan.json beside it`);
  if (signature.problem !== input.problem) throw invalid(`problem must be that of the model, ${signature.problem}, got ${input.problem}`);
  const kind = signature.labels === undefined || signature.labels.every((label) => typeof label === "number") ? "number" : "text";
  const { table, raw, testHash } = await ctx.withTable(input.testUri, async ({ columns, read, hash }) => {
    const missing = [...signature.featureNames, input.target].filter((name) => !columns.some((column) => column.name === name));
    if (missing.length > 0) throw invalid(`test table must have the columns ${missing.slice(0, 10).join(", ")}`);
    const found = await read(featuresOf(signature), { name: input.target, kind });
    return { table: found.table, raw: found.target, testHash: await hash() };
  });
  if (table.rows === 0) throw invalid(`test table must have rows with a ${input.target}, got none`);
  const scorer = await ctx.load(modelUri, digest);
  const target = truthOf(signature, raw);
  const predictions = await predictionsOf(scorer, signature, table, signature.labels?.length ?? 1);
  const predictionsUri = await ctx.keep(digest, testHash, judged(target, raw, predictions));
  return { digest, testHash, rows: table.rows, metrics: metricsOf(target, predictions), predictionsUri };
}
