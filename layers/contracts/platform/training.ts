import * as z from "zod";
import { ModelSignature } from "./model-signature.ts";
import { ScriptRecord, TrainingJobPlace } from "./training-script.ts";

const tableUri = z
  .string()
  .regex(/^s3:\/\/[^/]+\/.+\.(parquet|csv)$/, "must be like s3://bucket/key and end in .parquet or .csv")
  .describe("A Parquet file, or a CSV file with a heading.");
const folderUri = z.string().regex(/^s3:\/\/[^/]+\/.+/, "must be like s3://bucket/key");
const digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex");
export const problem = z.enum(["classification", "regression"]);
export const trainingSeed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1)
  .default(0);

export const Metrics = z
  .record(z.string(), z.number())
  .meta({ id: "Metrics", description: "Classification: accuracy, auc, f1, logLoss. Regression, in the target's unit: r2, rmse, mae." });

/** Every knob of training; one that is not given is chosen by cross-validation or has the default named. */
export const TrainingOptions = z
  .strictObject({
    folds: z.int().min(2).max(20).optional().describe("Parts of cross-validation. @default 5"),
    penalty: z.number().min(0).max(1e9).optional().describe("L2 penalty of the linear model. @default the best of several"),
    learningRate: z.number().gt(0).max(1).optional().describe("Share of each tree's step that is taken. @default 0.1"),
    maxLeaves: z.int().min(2).max(1024).optional().describe("@default 31"),
    minRowsInLeaf: z.int().min(1).optional().describe("@default 20"),
    l2: z.number().min(0).optional().describe("L2 penalty on the values of leaves. @default 0"),
    columnShare: z.number().gt(0).max(1).optional().describe("Share of the columns that each tree may use. @default 1"),
    maxRounds: z.int().min(1).max(5000).optional().describe("Most trees, a class each. @default 300"),
    earlyStoppingRounds: z.int().min(1).optional().describe("Rounds without gain on unseen rows after which boosting ends. @default 20"),
  })
  .meta({ id: "TrainingOptions", description: "How a model is fitted. Without any option of boosting, two presets are tried." });

export type TrainingOptions = z.output<typeof TrainingOptions>;

export const trainModelInput = z.object({
  trainUri: tableUri,
  target: z.string().min(1).describe("The column to predict. Rows without a value in it are left out."),
  problem,
  features: z.array(z.string().min(1)).min(1).max(2000).optional().describe("@default every column of numbers, truth values or text but the target"),
  ignoredColumns: z.array(z.string()).default([]).describe("Columns that are no features; they need not exist."),
  algorithm: z.enum(["auto", "linear", "boosting"]).default("auto"),
  options: TrainingOptions.default({}),
  seed: trainingSeed,
  outputPrefix: folderUri.describe("Folder for the files of the model: an MLflow model."),
  dataHash: z.string().min(1).describe("Names the content of the training data; recorded with the model."),
});

const algorithm = z.enum(["linear", "boosting", "blend", "script"]);

export const trainModelOutput = z.object({
  modelUri: z.string().describe("The folder."),
  digest: digest.describe("SHA-256 of model.onnx."),
  signature: ModelSignature,
  metrics: Metrics.describe("By cross-validation on the training data; what a script of the user said of itself."),
  algorithm: algorithm.describe("What was chosen; script: what a script of the user made."),
  rows: z.int().describe("Rows that were learned from."),
  job: TrainingJobPlace.optional().describe("The training job, where a script of the user was run."),
});

/** `capstan.json` in a model's folder: what the platform knows of the model that MLflow has no place for. */
export const ModelCard = z
  .object({
    digest,
    signature: ModelSignature,
    metrics: Metrics,
    algorithm,
    training: z.union([z.object({ algorithm: z.string(), options: TrainingOptions, seed: z.int(), dataHash: z.string(), rows: z.int() }), ScriptRecord]),
  })
  .meta({ id: "ModelCard", description: "How a model was made and what it takes and gives." });
export type ModelCard = z.output<typeof ModelCard>;

export const evaluateModelInput = z.object({
  modelUri: folderUri.describe("The model's folder, which holds model.onnx and capstan.json."),
  digest: digest.describe("SHA-256 of model.onnx: other bytes are refused."),
  testUri: tableUri,
  target: z.string().min(1),
  problem,
});

export const Evaluation = z
  .object({
    digest,
    testHash: z.string().describe("SHA-256 of the test file: evaluations can only be compared where it is equal."),
    rows: z.int(),
    metrics: Metrics,
    predictionsUri: z.string().describe("Parquet, a row for each row of the test file that has a target: row, truth, predicted, loss, error."),
  })
  .meta({ id: "Evaluation", description: "How good a model is on a test file." });
export type Evaluation = z.output<typeof Evaluation>;

export const primaryMetrics = ["accuracy", "auc", "f1", "logLoss", "r2", "rmse", "mae"] as const;

export const compareModelsInput = z.object({
  candidate: Evaluation,
  champion: Evaluation.nullable().describe("null: there is none yet, and any candidate is better."),
  primaryMetric: z.enum(primaryMetrics),
  minimumImprovement: z
    .number()
    .default(0)
    .describe("The candidate must be better by more than this, in units of the metric; negative to accept a little worse."),
  minimumLikelihood: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("Least share of bootstrap resamples of the test rows in which the candidate is better. @default 0, which asks for nothing"),
});

export const compareModelsOutput = z.object({
  better: z.boolean(),
  reason: z.string(),
  difference: z.number().nullable().describe("Candidate minus champion in the good direction of the metric; null without a champion."),
  likelihood: z.number().nullable().describe("Share of 1,000 resamples in which the candidate is better; null where the metric is no mean over rows."),
});
