import * as z from "zod";
import { defineContract } from "../route.ts";
import { MachineGraph } from "./machine-graph.ts";
import { StepLogs } from "./step-logs.ts";
import { executionName, pipelineName, TrainingRequest, triggerTypes } from "./training-request.ts";

const status = z.enum(["running", "succeeded", "rejected", "failed", "stopped"]);

export const Execution = z
  .object({
    name: z.string(),
    pipeline: z.string(),
    status,
    startedAt: z.int().describe("Milliseconds since the epoch."),
    endedAt: z.int().optional(),
    startedBy: z.string(),
    trigger: z.enum(triggerTypes),
    reason: z.string(),
    runId: z.string().optional().describe("The MLflow run that it logs to."),
    registeredModel: z.string().optional().describe("The model that it makes a version of."),
    modelVersion: z.string().optional(),
    rolloutId: z.string().optional().describe("The rollout that it brought its version to, at the request's endpoint."),
    outcome: z.string().optional().describe("How it ended, in a sentence."),
    retryFrom: z.string().optional().describe("The step that failed, at which a retry goes on."),
    retries: z.int().optional().describe("How often it was retried."),
    retriedAt: z.int().optional().describe("When it was last retried."),
  })
  .meta({ id: "Execution", description: "One run of a training pipeline." });
export type Execution = z.output<typeof Execution>;

export const ExecutionStep = z
  .object({
    name: z.string(),
    status: z.enum(["running", "succeeded", "failed", "waiting"]),
    startedAt: z.int(),
    endedAt: z.int().optional(),
    attempts: z.int(),
    cached: z.boolean().optional().describe("The result of an earlier execution was used, as everything it depends on was the same."),
    waited: z
      .object({ from: z.int(), to: z.int().optional() })
      .optional()
      .describe("Between these it did no work: it waited for its pipeline to be free, for a person's word, or for a retry."),
    error: z.string().optional(),
  })
  .meta({ id: "ExecutionStep", description: "A state that an execution entered." });
export const ExecutionStepData = z
  .object({
    step: ExecutionStep,
    input: z.json().optional().describe("What the state was entered with."),
    output: z.json().optional().describe("What the state handed on; absent until it ended, and where it failed."),
    cause: z.string().optional().describe("What is known of the last failure beside its name."),
  })
  .meta({ id: "ExecutionStepData", description: "A step with its data. Absent where Step Functions keeps it no more, or cut it as too long." });
export type ExecutionStepData = z.output<typeof ExecutionStepData>;
export type ExecutionStep = z.output<typeof ExecutionStep>;

export const ApprovalRequest = z
  .object({
    execution: z.string(),
    pipeline: z.string(),
    registeredModel: z.string(),
    modelVersion: z.string(),
    status: z.enum(["pending", "approved", "rejected", "expired"]),
    requestedAt: z.int(),
    expiresAt: z.int(),
    evidence: z.record(z.string(), z.json()).describe("What the decision rests on: metrics of candidate and champion, data, run."),
    decidedAt: z.int().optional(),
    decidedBy: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: "ApprovalRequest", description: "A model version that waits for somebody's word." });
export type ApprovalRequest = z.output<typeof ApprovalRequest>;

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  pageToken: z.string().optional(),
};
const decision = z.object({ execution: executionName, reason: z.string().trim().min(1).max(1000).describe("Kept with the decision.") });
const decided = z.object({ approval: ApprovalRequest });

export const pipelineContract = defineContract({
  name: "pipelines",
  surface: "platform",
  summary: "Executions of the training pipeline, and approvals.",
  routes: {
    startExecution: {
      method: "POST",
      path: "/capstan/v1/executions",
      summary: "Start the training pipeline. The same name with the same request is the same execution.",
      request: z.object({ name: executionName.optional().describe("Without it the platform makes one."), request: TrainingRequest }),
      response: z.object({ execution: Execution }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_CONFLICT"],
    },
    listExecutions: {
      method: "GET",
      path: "/capstan/v1/executions",
      summary: "List executions, the newest first. A page of what is rare may be short, or empty, and still have a next one.",
      request: z.object({
        pipeline: pipelineName.optional(),
        status: status.optional(),
        startedBy: z.string().optional(),
        registeredModel: z.string().optional(),
        since: z.coerce.number().int().min(0).optional().describe("Milliseconds since the epoch: those that began then or later."),
        ...page,
      }),
      response: z.object({ executions: z.array(Execution), nextPageToken: z.string().optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    getExecution: {
      method: "GET",
      path: "/capstan/v1/executions/{name}",
      summary: "Read an execution with its request and steps.",
      request: z.object({ name: executionName }),
      response: z.object({ execution: Execution, request: TrainingRequest, steps: z.array(ExecutionStep) }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getExecutionGraph: {
      method: "GET",
      path: "/capstan/v1/executions/{name}/graph",
      summary: "Read the states of the machine that an execution runs, and what leads from each to the next.",
      request: z.object({ name: executionName }),
      response: z.object({ graph: MachineGraph }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getExecutionStep: {
      method: "GET",
      path: "/capstan/v1/executions/{name}/steps/{position}",
      summary: "Read what a step of an execution was given and what it gave.",
      request: z.object({ name: executionName, position: z.coerce.number().int().min(0).describe("Place among the execution's steps, from 0.") }),
      response: ExecutionStepData,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getExecutionStepLogs: {
      method: "GET",
      path: "/capstan/v1/executions/{name}/steps/{position}/logs",
      summary: "Read what a step of an execution has written, the newest page first; also while it runs.",
      request: z.object({
        name: executionName,
        position: z.coerce.number().int().min(0).describe("Place among the execution's steps, from 0."),
        limit: z.coerce.number().int().min(1).max(1000).default(500),
        pageToken: z.string().optional(),
      }),
      response: StepLogs,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
    retryExecution: {
      method: "POST",
      path: "/capstan/v1/executions/{name}/retry",
      summary: "Let a failed execution go on at the step that failed, within 14 days. Retrying one that runs again changes nothing.",
      request: z.object({ name: executionName }),
      response: z.object({ execution: Execution }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    stopExecution: {
      method: "POST",
      path: "/capstan/v1/executions/{name}/stop",
      summary: "Stop an execution. A rollout that it started is rolled back. Stopping one that has ended changes nothing.",
      request: z.object({ name: executionName, reason: z.string().max(1000).default("") }),
      response: z.object({ execution: Execution }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listApprovals: {
      method: "GET",
      path: "/capstan/v1/approvals",
      summary: "List approval requests, the newest first.",
      request: z.object({
        status: z.enum(["pending", "approved", "rejected", "expired"]).optional(),
        registeredModel: z.string().optional().describe("Only requests about versions of this model."),
        modelVersion: z.string().optional().describe("Only requests about this version of the model."),
        ...page,
      }),
      response: z.object({ approvals: z.array(ApprovalRequest), nextPageToken: z.string().optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    getApproval: {
      method: "GET",
      path: "/capstan/v1/approvals/{execution}",
      summary: "Read the approval request of an execution.",
      request: z.object({ execution: executionName }),
      response: decided,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    approve: {
      method: "POST",
      path: "/capstan/v1/approvals/{execution}/approve",
      summary: "Approve the version. Repeating it changes nothing; a request that was decided otherwise is a conflict.",
      request: decision,
      response: decided,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    reject: {
      method: "POST",
      path: "/capstan/v1/approvals/{execution}/reject",
      summary: "Reject the version: the execution ends, the champion stays.",
      request: decision,
      response: decided,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
  },
});
