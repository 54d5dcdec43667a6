import * as z from "zod";
import { int64 } from "../int64.ts";
import { defineContract } from "../route.ts";
import { datasetInput, modelInput, modelOutput } from "./inputs.ts";
import { metric, runReference } from "./metrics.ts";
import { protoEnum, viewType } from "./proto-enum.ts";
import { keyValue, runTag } from "./tags.ts";

const prefix = "/api/2.0/mlflow/runs";
const none = z.object({});

export const runStatuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"] as const;
export const runStatus = protoEnum(runStatuses);

export const runInfo = z
  .object({
    run_id: z.string(),
    run_uuid: z.string().describe("The run id again, for old clients."),
    run_name: z.string(),
    experiment_id: z.string(),
    user_id: z.string(),
    status: z.enum(runStatuses),
    start_time: int64,
    end_time: int64.optional(),
    artifact_uri: z.string(),
    lifecycle_stage: z.enum(["active", "deleted"]),
  })
  .meta({ id: "RunInfo", description: "What a run is, apart from what it logged." });

export const run = z
  .object({
    info: runInfo,
    data: z.object({ metrics: z.array(metric).optional(), params: z.array(keyValue).optional(), tags: z.array(keyValue).optional() }),
    inputs: z.object({ dataset_inputs: z.array(datasetInput).optional(), model_inputs: z.array(modelInput).optional() }),
    outputs: z.object({ model_outputs: z.array(modelOutput).optional() }).optional(),
  })
  .meta({ id: "Run", description: "A run with the latest value of each metric, its params, tags, inputs and outputs." });

/** MLflow 3.17.2's /runs operations on whole runs. */
export const runsContract = defineContract({
  name: "mlflow-runs",
  surface: "mlflow",
  summary: "Runs: one execution of training code, and what it logged.",
  routes: {
    createRun: {
      method: "POST",
      path: `${prefix}/create`,
      summary: "Start a run; a repeat starts another.",
      request: z.object({
        experiment_id: z.string().optional(),
        user_id: z.string().optional(),
        run_name: z.string().optional(),
        start_time: int64.optional(),
        tags: z.array(runTag).default([]),
      }),
      response: z.object({ run }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    updateRun: {
      method: "POST",
      path: `${prefix}/update`,
      summary: "Set a run's status, end time or name.",
      request: z.object({ ...runReference, status: runStatus.optional(), end_time: int64.optional(), run_name: z.string().optional() }),
      response: z.object({ run_info: runInfo }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteRun: {
      method: "POST",
      path: `${prefix}/delete`,
      summary: "Mark a run deleted.",
      request: z.object({ run_id: z.string() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    restoreRun: {
      method: "POST",
      path: `${prefix}/restore`,
      summary: "Make a deleted run active again.",
      request: z.object({ run_id: z.string() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getRun: {
      method: "GET",
      path: `${prefix}/get`,
      summary: "Get a run, active or deleted.",
      request: z.object(runReference),
      response: z.object({ run }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    searchRuns: {
      method: "POST",
      path: `${prefix}/search`,
      summary: "Find runs by metrics, params, tags and attributes, in any order, page by page.",
      request: z.object({
        experiment_ids: z.array(z.string()).default([]),
        filter: z.string().optional(),
        run_view_type: viewType.default("ACTIVE_ONLY"),
        max_results: z.coerce.number().int().default(1000),
        order_by: z.array(z.string()).default([]),
        page_token: z.string().optional(),
      }),
      response: z.object({ runs: z.array(run).optional(), next_page_token: z.string().optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
  },
});
