import * as z from "zod";
import { int64 } from "../int64.ts";
import { content, defineContract } from "../route.ts";
import { artifactListing } from "./artifacts.ts";
import { entityKey } from "./keys.ts";
import { metric } from "./metrics.ts";
import { protoEnum } from "./proto-enum.ts";
import { flag } from "./registry-fields.ts";
import { keyValue, param, runTag } from "./tags.ts";

const prefix = "/api/2.0/mlflow/logged-models";
const none = z.object({});
const one = z.object({ model_id: z.string() });

export const loggedModelStatuses = ["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"] as const;
const status = protoEnum(loggedModelStatuses);

const modelMetric = z.object({
  ...metric.shape,
  model_id: z.string(),
  run_id: z.string(),
  dataset_name: z.string().optional(),
  dataset_digest: z.string().optional(),
});

/** A logged model in a reply. */
export const loggedModel = z
  .object({
    info: z.object({
      model_id: z.string(),
      experiment_id: z.string(),
      name: z.string(),
      creation_timestamp_ms: int64,
      last_updated_timestamp_ms: int64,
      artifact_uri: z.string(),
      status: z.enum(loggedModelStatuses),
      model_type: z.string().optional(),
      source_run_id: z.string().optional(),
      tags: z.array(keyValue).optional(),
    }),
    data: z.object({ params: z.array(keyValue).optional(), metrics: z.array(modelMetric).optional() }),
  })
  .meta({ id: "LoggedModel", description: "A model that code logged: its files, params, tags, and the latest value of each metric by run and dataset." });
const model = z.object({ model: loggedModel });

const dataset = z.object({ dataset_name: z.string(), dataset_digest: z.string().nullish() });
const order = z.object({
  field_name: z.string(),
  ascending: z.boolean().nullish(),
  dataset_name: z.string().nullish(),
  dataset_digest: z.string().nullish(),
});

/** MLflow 3.17.2's /logged-models operations. */
export const loggedModelsContract = defineContract({
  name: "mlflow-logged-models",
  surface: "mlflow",
  summary: "Logged models: what training code produced, before anyone registers it.",
  routes: {
    createLoggedModel: {
      method: "POST",
      path: prefix,
      summary: "Begin a logged model; its files are uploaded to the artifact URI answered.",
      request: z.object({
        experiment_id: z.string(),
        name: z.string().optional(),
        model_type: z.string().optional(),
        source_run_id: z.string().optional(),
        params: z.array(param).default([]),
        tags: z.array(runTag).default([]),
      }),
      response: model,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    searchLoggedModels: {
      method: "POST",
      path: `${prefix}/search`,
      summary: "Find logged models by attributes, params, tags and metrics, page by page.",
      request: z.object({
        experiment_ids: z.array(z.string()).min(1),
        filter: z.string().default(""),
        datasets: z.array(dataset).default([]),
        max_results: z.coerce.number().int().min(1).max(50_000).default(50),
        order_by: z.array(order).default([]),
        page_token: z.string().optional(),
      }),
      response: z.object({ models: z.array(loggedModel).optional(), next_page_token: z.string().optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    getLoggedModel: {
      method: "GET",
      path: `${prefix}/{model_id}`,
      summary: "Get a logged model; a deleted one only when asked to.",
      request: z.object({ model_id: z.string(), allow_deleted: flag.optional() }),
      response: model,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    finalizeLoggedModel: {
      method: "PATCH",
      path: `${prefix}/{model_id}`,
      summary: "Say whether the files are all there.",
      request: z.object({ model_id: z.string(), status }),
      response: model,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteLoggedModel: {
      method: "DELETE",
      path: `${prefix}/{model_id}`,
      summary: "Mark a logged model deleted; its files stay.",
      request: one,
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    setLoggedModelTags: {
      method: "PATCH",
      path: `${prefix}/{model_id}/tags`,
      summary: "Set tags of a logged model.",
      request: z.object({ model_id: z.string(), tags: z.array(runTag).default([]) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteLoggedModelTag: {
      method: "DELETE",
      path: `${prefix}/{model_id}/tags/{tag_key}`,
      summary: "Remove a tag of a logged model.",
      request: z.object({ model_id: z.string(), tag_key: entityKey }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    logLoggedModelParams: {
      method: "POST",
      path: `${prefix}/{model_id}/params`,
      summary: "Set params of a logged model once; the same value again changes nothing.",
      request: z.object({ model_id: z.string(), params: z.array(param).default([]) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    listLoggedModelArtifacts: {
      method: "GET",
      path: `${prefix}/{model_id}/artifacts/directories`,
      summary: "What lies directly in a folder of a logged model, with paths from its root.",
      request: z.object({ model_id: z.string(), artifact_directory_path: z.string().default("") }),
      response: artifactListing,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getLoggedModelArtifact: {
      method: "GET",
      path: `${prefix}/{model_id}/artifacts/files`,
      summary: "Read a file of a logged model.",
      request: z.object({ model_id: z.string(), artifact_file_path: z.string() }),
      response: content,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
  },
});
