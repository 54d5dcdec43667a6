import * as z from "zod";
import { DataContract } from "./data-contract.ts";
import { datasetName, SplitRule } from "./dataset-tasks.ts";
import { endpointName } from "./endpoint.ts";
import { featureReference } from "./features.ts";
import { RolloutPlan } from "./rollout.ts";

export const pipelineName = z.string().regex(/^[a-z0-9](-*[a-z0-9]){0,39}$/, "must be 1 to 40 lower-case letters, digits or hyphens");
/** Step Functions' pattern for execution names, without the characters that need escaping in an address. */
export const executionName = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, "must be 1 to 80 letters, digits, _ or -");

const sourceUri = z.string().regex(/^s3:\/\/[^/]+\/.+/, "must be like s3://bucket/key");

export const Trigger = z
  .object({
    type: z.enum(["manual", "api", "schedule", "drift"]).default("api"),
    by: z.string().max(256).default("anonymous").describe("Who or what asked."),
    reason: z.string().max(1000).default(""),
  })
  .meta({ id: "Trigger", description: "Why an execution was started." });

export const Approval = z
  .discriminatedUnion("mode", [
    z.object({ mode: z.literal("automatic") }).describe("Approved where the candidate is better than the champion, or there is none."),
    z.object({ mode: z.literal("manual"), timeoutSeconds: z.int().min(60).max(2_592_000).default(604_800) }),
  ])
  .meta({ id: "Approval", description: "Whether a person must approve the version before it takes traffic." });

export const TrainingRequest = z
  .object({
    pipeline: pipelineName.describe("Groups executions; one of a pipeline runs at a time."),
    dataset: z.object({
      name: datasetName,
      sourceUri: sourceUri.describe("CSV, Parquet or JSON lines."),
      contract: DataContract.nullish().describe("What the data must satisfy; by default the dataset's own."),
      split: SplitRule.prefault({}),
    }),
    features: z
      .object({
        references: z.array(featureReference).min(1).max(500),
        eventTimestampColumn: z.string().min(1).default("event_timestamp"),
      })
      .optional()
      .describe("Joined point in time to every row of the dataset."),
    target: z.string().min(1),
    problem: z.enum(["classification", "regression"]),
    ignoredColumns: z.array(z.string()).default([]).describe("Columns that are not features: keys, times."),
    training: z
      .object({
        algorithm: z.enum(["auto", "linear", "boosting"]).default("auto"),
        seed: z.int().min(0).default(0),
        options: z.record(z.string(), z.json()).default({}),
      })
      .prefault({}),
    experiment: z.string().min(1).max(500),
    registeredModel: z.string().min(1).max(255),
    endpoint: endpointName,
    comparison: z
      .object({
        metric: z.string().min(1).optional().describe("@default accuracy for classification, r2 for regression"),
        minimumImprovement: z
          .number()
          .default(0)
          .describe("A candidate that is not better than the champion by this much is rejected; negative to accept a little worse."),
      })
      .prefault({}),
    approval: Approval.prefault({ mode: "automatic" }),
    rollout: RolloutPlan.prefault({}),
    trigger: Trigger.prefault({}),
  })
  .meta({ id: "TrainingRequest", description: "What the training pipeline takes: from a source of data to a model version that answers." });
export type TrainingRequest = z.output<typeof TrainingRequest>;
