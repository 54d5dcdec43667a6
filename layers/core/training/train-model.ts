import type * as z from "zod";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import type { ModelCard, trainModelInput, trainModelOutput } from "#contracts/platform/training.ts";
import { invalid } from "../errors.ts";
import type { Trial } from "./candidates.ts";
import { chooseFeatures, type FeatureColumn, type SourceColumn } from "./column-choice.ts";
import { type Fitted, fitModel } from "./fit-model.ts";
import { onnxBytes } from "./onnx/graph.ts";
import { modelGraph } from "./onnx/model-graph.ts";
import { signatureOf } from "./onnx/signature.ts";
import type { Table } from "./table.ts";
import { encodeTarget, type RawTarget } from "./target.ts";

/** A table in the object store, open for reading. */
export interface TableSource {
  readonly columns: readonly SourceColumn[];
  /** Rows that have a target, in the order of the file. */
  readonly read: (features: readonly FeatureColumn[], target: SourceColumn) => Promise<{ readonly table: Table; readonly target: RawTarget }>;
}

export interface TrainingContext {
  /** Opens a table for the time of the work. */
  withTable<T>(uri: string, work: (source: TableSource) => Promise<T>): Promise<T>;
  /** SHA-256 in hex. */
  readonly hash: (bytes: Uint8Array) => string;
  /** Writes a model's folder; a folder that holds the same model already is left as it is. */
  readonly save: (folder: string, model: Uint8Array, card: ModelCard) => Promise<void>;
  /** Copies a model's folder to another. */
  readonly copyModel: (from: string, to: string) => Promise<void>;
  /** Hears how the work goes on: what was read, and every way to fit that was judged. */
  readonly tell?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

type Input = z.output<typeof trainModelInput>;
type Output = z.output<typeof trainModelOutput>;

/** What the ONNX file says of itself: enough to serve and to trace it without the folder. Read by any ONNX tool as metadata_props. */
const metadataOf = (input: Input, signature: ModelSignature, algorithm: Fitted["algorithm"]) => ({
  producer: "capstan",
  signature: JSON.stringify(signature),
  feature_names: JSON.stringify(signature.featureNames),
  target: input.target,
  algorithm,
  training: JSON.stringify({ algorithm: input.algorithm, options: input.options, seed: input.seed }),
  training_data_hash: input.dataHash,
});

/** Fits a model to a table and writes it as a folder. The same table and input give the same bytes and digest. */
export async function trainModel(ctx: TrainingContext, input: Input): Promise<Output> {
  const data = await ctx.withTable(input.trainUri, async ({ columns, read }) => {
    const features = chooseFeatures(columns, input);
    const target = columns.find(({ name }) => name === input.target);
    if (!target || target.kind === "other") throw invalid(`target ${input.target} must hold numbers, truth values or text`);
    return read(features, target);
  });
  const target = encodeTarget(input.problem, data.target);
  ctx.tell?.("training rows are read", { rows: data.table.rows, columns: data.table.columns.length });
  const tried = (trial: Trial) => ctx.tell?.("a way to fit was judged", { ...trial });
  const { model, algorithm, metrics } = fitModel(data.table, target, input.algorithm, input.options, input.seed, tried);
  const signature = signatureOf(model, input.target);
  const bytes = onnxBytes(modelGraph(model), metadataOf(input, signature, algorithm));
  const digest = ctx.hash(bytes);
  const modelUri = input.outputPrefix.replace(/\/+$/, "");
  const { algorithm: asked, options, seed, dataHash } = input;
  const { rows } = data.table;
  await ctx.save(modelUri, bytes, { digest, signature, metrics, algorithm, training: { algorithm: asked, options, seed, dataHash, rows } });
  return { modelUri, digest, signature, metrics, algorithm, rows };
}
