import * as z from "zod";
import { int64 } from "../int64.ts";
import { defineContract } from "../route.ts";

const none = z.object({});
const runs = "/api/2.0/mlflow/runs";

/** A dataset as the client describes it; the limits are MLflow 3.17.2's. */
export const dataset = z
  .object({
    name: z.string().min(1).max(500),
    digest: z.string().min(1).max(36),
    source_type: z.string(),
    source: z.string().max(65_535),
    schema: z.string().max(1_048_575).nullish(),
    profile: z.string().max(16_777_215).nullish(),
  })
  .meta({ id: "Dataset", description: "A dataset that a run used, identified by name and digest within its experiment." });

const inputTag = z.object({ key: z.string().max(255), value: z.string().max(500) });
/** A dataset with the tags of its use; `mlflow.data.context` says what for. */
export const datasetInput = z.object({ tags: z.array(inputTag).nullish(), dataset });
export const modelInput = z.object({ model_id: z.string() });
export const modelOutput = z.object({ model_id: z.string(), step: int64.nullish() });

/** MLflow 3.17.2's operations that link a run to its datasets and models. */
export const inputsContract = defineContract({
  name: "mlflow-inputs",
  surface: "mlflow",
  summary: "Datasets and models that runs read, models that they made.",
  routes: {
    logInputs: {
      method: "POST",
      path: `${runs}/log-inputs`,
      summary: "Record datasets and models that a run read; the same again changes nothing.",
      request: z.object({ run_id: z.string(), datasets: z.array(datasetInput).max(1000).default([]), models: z.array(modelInput).default([]) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    logOutputs: {
      method: "POST",
      path: `${runs}/outputs`,
      summary: "Record models that a run made.",
      request: z.object({ run_id: z.string(), models: z.array(modelOutput).default([]) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    searchDatasets: {
      method: "POST",
      path: "/api/2.0/mlflow/experiments/search-datasets",
      summary: "The datasets that runs of up to 20 experiments read.",
      request: z.object({ experiment_ids: z.array(z.string()).default([]) }),
      response: z.object({
        dataset_summaries: z.array(z.object({ experiment_id: z.string(), name: z.string(), digest: z.string(), context: z.string().optional() })).optional(),
      }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
  },
});
