import * as z from "zod";
import { int64 } from "../int64.ts";
import { defineContract } from "../route.ts";
import { characters, entityKey } from "./keys.ts";
import { viewType } from "./proto-enum.ts";
import { experimentTag, experimentTagValue, keyValue } from "./tags.ts";

const prefix = "/api/2.0/mlflow/experiments";
const none = z.object({});

/** An experiment in a reply. */
export const experiment = z
  .object({
    experiment_id: z.string(),
    name: z.string().describe("Unique among active and deleted experiments."),
    artifact_location: z.string(),
    lifecycle_stage: z.enum(["active", "deleted"]),
    creation_time: int64,
    last_update_time: int64,
    tags: z.array(keyValue).optional(),
  })
  .meta({ id: "Experiment", description: "A named group of runs." });

const experimentName = z
  .string()
  .min(1)
  .refine((name) => characters(name) <= 500, { error: "must be at most 500 characters" });

const searchRequest = z.object({
  max_results: z.coerce.number().int().default(0),
  page_token: z.string().optional(),
  filter: z.string().optional(),
  order_by: z.array(z.string()).optional(),
  view_type: viewType.default("ACTIVE_ONLY"),
});
const searchResponse = z.object({ experiments: z.array(experiment).optional(), next_page_token: z.string().optional() });

/** MLflow 3.17.2's /experiments operations. */
export const experimentsContract = defineContract({
  name: "mlflow-experiments",
  surface: "mlflow",
  summary: "Experiments: named groups of runs.",
  routes: {
    createExperiment: {
      method: "POST",
      path: `${prefix}/create`,
      summary: "Create an experiment.",
      request: z.object({
        name: experimentName,
        artifact_location: z.string().max(2048).optional(),
        tags: z.array(experimentTag).optional(),
      }),
      response: z.object({ experiment_id: z.string() }),
      errors: ["RESOURCE_ALREADY_EXISTS", "INVALID_PARAMETER_VALUE"],
    },
    getExperiment: {
      method: "GET",
      path: `${prefix}/get`,
      summary: "Get an experiment, active or deleted, by its id.",
      request: z.object({ experiment_id: z.string() }),
      response: z.object({ experiment }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getExperimentByName: {
      method: "GET",
      path: `${prefix}/get-by-name`,
      summary: "Get an experiment, active or deleted, by its name.",
      request: z.object({ experiment_name: z.string() }),
      response: z.object({ experiment }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    searchExperiments: {
      method: "POST",
      path: `${prefix}/search`,
      summary: "Find experiments by name, time or tags, page by page.",
      request: searchRequest,
      response: searchResponse,
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    listExperiments: {
      method: "GET",
      path: `${prefix}/search`,
      summary: "Find experiments, with the conditions in the query.",
      request: searchRequest,
      response: searchResponse,
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    updateExperiment: {
      method: "POST",
      path: `${prefix}/update`,
      summary: "Rename an active experiment.",
      request: z.object({ experiment_id: z.string(), new_name: experimentName.optional() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_ALREADY_EXISTS", "INVALID_PARAMETER_VALUE"],
    },
    deleteExperiment: {
      method: "POST",
      path: `${prefix}/delete`,
      summary: "Mark an experiment and all of its runs deleted.",
      request: z.object({ experiment_id: z.string() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    restoreExperiment: {
      method: "POST",
      path: `${prefix}/restore`,
      summary: "Make a deleted experiment and all of its runs active again.",
      request: z.object({ experiment_id: z.string() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    setExperimentTag: {
      method: "POST",
      path: `${prefix}/set-experiment-tag`,
      summary: "Set a tag of an active experiment.",
      request: z.object({ experiment_id: z.string(), key: entityKey, value: experimentTagValue }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteExperimentTag: {
      method: "POST",
      path: `${prefix}/delete-experiment-tag`,
      summary: "Remove a tag of an active experiment.",
      request: z.object({ experiment_id: z.string(), key: entityKey }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
  },
});
