import * as z from "zod";
import { VersionOutput } from "./dataset-tasks.ts";
import { compareModelsOutput, Evaluation, trainModelOutput } from "./training.ts";
import { executionName, TrainingRequest } from "./training-request.ts";

export const AdmitInput = z.object({ execution: executionName, request: TrainingRequest });
export const AdmitOutput = z.discriminatedUnion("admitted", [
  z.object({ admitted: z.literal(false) }),
  z.object({
    admitted: z.literal(true),
    runId: z.string(),
    loggedModelId: z.string(),
    source: z.string().describe("What the registry is given as the version's source: the logged model."),
    outputPrefix: z.string().describe("The logged model's artifact folder, in S3."),
    rolloutId: z.string(),
  }),
]);
export type Admission = z.output<typeof AdmitOutput>;

export const Champion = z.object({ version: z.string(), modelUri: z.string(), digest: z.string() });
export const FindChampionInput = z.object({ registeredModel: z.string().min(1) });
export const FindChampionOutput = z.object({ champion: Champion.nullable().describe("The version that the alias `champion` names.") });

export const RecordInput = z.object({
  runId: z.string(),
  loggedModelId: z.string(),
  request: TrainingRequest,
  data: VersionOutput,
  candidate: trainModelOutput,
  evaluation: Evaluation,
  comparison: compareModelsOutput,
});
export type Recorded = z.output<typeof RecordInput>;

export const RequestApprovalInput = z.object({
  taskToken: z.string().min(1),
  execution: executionName,
  request: TrainingRequest,
  modelVersion: z.string(),
  runId: z.string(),
  evaluation: Evaluation,
  championEvaluation: Evaluation.nullable(),
  comparison: compareModelsOutput,
  data: VersionOutput,
});

export const SettleApprovalInput = z.object({ execution: executionName });
export const SettleApprovalOutput = z.object({ decision: z.enum(["pending", "approved", "rejected", "expired"]), by: z.string(), reason: z.string() });

export const FinishInput = z.object({
  execution: executionName,
  outcome: z.object({
    status: z.enum(["succeeded", "rejected", "failed"]),
    reason: z.string(),
    step: z.string().nullable().default(null).describe("The step that failed, where a retry can go on at it."),
    failure: z.object({ error: z.string(), cause: z.string() }).nullable().default(null),
  }),
  modelVersion: z.string().nullable(),
  rolloutId: z.string().nullable(),
});
export const FinishOutput = z.object({ status: z.string(), outcome: z.string() });
export const nothing = z.object({});
