import * as z from "zod";
import { modelName } from "../mlflow/registry-fields.ts";
import { DataContract } from "./data-contract.ts";
import { datasetName, SplitRule } from "./dataset-tasks.ts";
import { endpointName } from "./endpoint.ts";
import { featureReference } from "./features.ts";
import { RolloutPlan } from "./rollout.ts";
import { primaryMetrics, problem, TrainingOptions, trainingSeed } from "./training.ts";
import { TrainingScript } from "./training-script.ts";

export const pipelineName = z
  .string()
  .regex(/^(?!-)[a-z0-9-]{1,40}(?<!-)$/, "must be 1 to 40 lower-case letters, digits or hyphens, and neither begin nor end with a hyphen");
/** Step Functions' pattern for execution names, without the characters that need escaping in an address. */
export const executionName = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, "must be 1 to 80 letters, digits, _ or -");

const sourceUri = z.string().regex(/^s3:\/\/[^/]+\/.+/, "must be like s3://bucket/key");

export const triggerTypes = ["manual", "api", "schedule", "drift"] as const;

export const Trigger = z
  .object({
    type: z.enum(triggerTypes).default("api").describe("`drift` is said by alarms of monitors only."),
    by: z.string().max(256).default("anonymous").describe("Who or what asked; through the API always the caller."),
    reason: z.string().max(1000).default(""),
  })
  .meta({ id: "Trigger", description: "Why an execution was started." });

export const Approval = z
  .discriminatedUnion("mode", [
    z.object({ mode: z.literal("automatic") }).describe("Approved where the candidate is better than the champion, or there is none."),
    z
      .object({ mode: z.literal("manual"), timeoutSeconds: z.int().min(60).max(2_592_000).default(604_800) })
      .describe("Waits for somebody's word; other executions of the pipeline may run meanwhile."),
  ])
  .meta({ id: "Approval", description: "Whether a person must approve the version before it takes traffic." });

const classificationMetrics: readonly string[] = ["accuracy", "auc", "f1", "logLoss"];

const BuiltInTraining = z
  .object({
    trainer: z.literal("built-in").default("built-in"),
    algorithm: z.enum(["auto", "linear", "boosting"]).default("auto"),
    seed: trainingSeed,
    options: TrainingOptions.default({}),
  })
  .meta({ id: "BuiltInTraining", description: "The platform fits the model itself, to a table of numbers and text." });

const FeatureJoin = z.object({
  references: z
    .array(featureReference)
    .min(1)
    .max(500)
    .refine((references) => new Set(references).size === references.length, "must not name a feature twice"),
  eventTimestampColumn: z.string().min(1).default("event_timestamp"),
});

export const TrainingRequest = z
  .object({
    pipeline: pipelineName.describe("Groups executions; one of a pipeline runs at a time."),
    dataset: z.object({
      name: datasetName,
      sourceUri: sourceUri.describe("CSV, Parquet or JSON lines."),
      contract: DataContract.nullish().describe("What the data must satisfy; by default the dataset's own."),
      split: SplitRule.prefault({}),
    }),
    features: FeatureJoin.optional().describe("Joined point in time to every row of the dataset."),
    target: z.string().min(1),
    problem,
    ignoredColumns: z.array(z.string().min(1)).max(2000).default([]).describe("Columns that are not features: keys, times."),
    training: z.discriminatedUnion("trainer", [BuiltInTraining, TrainingScript]).prefault({}).describe("The built-in trainer, or a script of your own."),
    experiment: z.string().min(1).max(500),
    registeredModel: modelName,
    endpoint: endpointName,
    comparison: z
      .object({
        metric: z.enum(primaryMetrics).optional().describe("@default accuracy for classification, r2 for regression"),
        minimumImprovement: z
          .number()
          .default(0)
          .describe("A candidate that is not better than the champion by this much is rejected; negative to accept a little worse."),
      })
      .prefault({}),
    approval: Approval.prefault({ mode: "automatic" }),
    rollout: RolloutPlan.prefault({}),
    cache: z.boolean().default(true).describe("False: every step is run, also where an earlier execution had the same data and settings."),
    trigger: Trigger.prefault({}),
  })
  .refine(({ target, ignoredColumns }) => !ignoredColumns.includes(target), { path: ["ignoredColumns"], error: "must not name the target" })
  .refine(({ problem: kind, comparison: { metric } }) => metric === undefined || classificationMetrics.includes(metric) === (kind === "classification"), {
    path: ["comparison", "metric"],
    error: "must be accuracy, auc, f1 or logLoss for classification; r2, rmse or mae for regression",
  })
  .meta({ id: "TrainingRequest", description: "What the training pipeline takes: from a source of data to a model version that answers." });
export type TrainingRequest = z.output<typeof TrainingRequest>;

/** The training machine's input; the execution's name is the machine's. */
export const TrainingInput = z.object({ request: TrainingRequest });
