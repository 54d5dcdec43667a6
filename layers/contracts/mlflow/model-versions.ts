import * as z from "zod";
import { defineContract } from "../route.ts";
import { entityKey } from "./keys.ts";
import { flag, modelName, modelVersion, registryTag, registryTagValue, versionNumber } from "./registry-fields.ts";

const prefix = "/api/2.0/mlflow/model-versions";
const none = z.object({});
const numbered = { name: modelName, version: versionNumber };
const one = z.object({ model_version: modelVersion });

/** MLflow 3.17.2's /model-versions operations. */
export const modelVersionsContract = defineContract({
  name: "mlflow-model-versions",
  surface: "mlflow",
  summary: "Versions of registered models and prompts.",
  routes: {
    createModelVersion: {
      method: "POST",
      path: `${prefix}/create`,
      summary: "Add a version; a repeat adds another.",
      request: z.object({
        name: modelName,
        source: z.string(),
        run_id: z.string().optional(),
        run_link: z.string().optional(),
        model_id: z.string().optional(),
        tags: z.array(registryTag).default([]),
        description: z.string().optional(),
      }),
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getModelVersion: {
      method: "GET",
      path: `${prefix}/get`,
      summary: "Get a version.",
      request: z.object(numbered),
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    updateModelVersion: {
      method: "PATCH",
      path: `${prefix}/update`,
      summary: "Set the description of a version; an empty one clears it.",
      request: z.object({ ...numbered, description: z.string().optional() }),
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    deleteModelVersion: {
      method: "DELETE",
      path: `${prefix}/delete`,
      summary: "Remove a version and the aliases that point at it; its number is not used again.",
      request: z.object(numbered),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    searchModelVersions: {
      method: "GET",
      path: `${prefix}/search`,
      summary: "Find versions by name, run, source, number and tags, page by page; prompts only when the filter asks for them.",
      request: z.object({
        filter: z.string().default(""),
        max_results: z.coerce.number().int().min(1).max(200_000).default(200_000),
        order_by: z.array(z.string()).default([]),
        page_token: z.string().optional(),
      }),
      response: z.object({ model_versions: z.array(modelVersion).optional(), next_page_token: z.string().optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    getDownloadUri: {
      method: "GET",
      path: `${prefix}/get-download-uri`,
      summary: "Where a version's files are, with all references resolved.",
      request: z.object(numbered),
      response: z.object({ artifact_uri: z.string() }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    setModelVersionTag: {
      method: "POST",
      path: `${prefix}/set-tag`,
      summary: "Set a tag of a version.",
      request: z.object({ ...numbered, key: entityKey, value: registryTagValue }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteModelVersionTag: {
      method: "DELETE",
      path: `${prefix}/delete-tag`,
      summary: "Remove a tag of a version, if it is there.",
      request: z.object({ ...numbered, key: entityKey }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    transitionStage: {
      method: "POST",
      path: `${prefix}/transition-stage`,
      summary: "Move a version to a stage; deprecated in favour of aliases.",
      request: z.object({ ...numbered, stage: z.string(), archive_existing_versions: flag }),
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
  },
});
