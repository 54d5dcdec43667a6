import * as z from "zod";
import { defineContract } from "../route.ts";
import { entityKey } from "./keys.ts";
import { modelName, modelVersion, registeredModel, registryTag, registryTagValue, versionNumber } from "./registry-fields.ts";

const prefix = "/api/2.0/mlflow/registered-models";
const none = z.object({});
const named = z.object({ name: modelName });
const one = z.object({ registered_model: registeredModel });
const latestRequest = z.object({ name: modelName, stages: z.array(z.string()).default([]) });
const latestResponse = z.object({ model_versions: z.array(modelVersion).optional() });

/** MLflow 3.17.2's /registered-models operations: models, aliases, latest versions. */
export const registeredModelsContract = defineContract({
  name: "mlflow-registered-models",
  surface: "mlflow",
  summary: "Registered models and prompts: names with versions, tags and aliases.",
  routes: {
    createRegisteredModel: {
      method: "POST",
      path: `${prefix}/create`,
      summary: "Register a name.",
      request: z.object({ name: modelName, tags: z.array(registryTag).default([]), description: z.string().optional() }),
      response: one,
      errors: ["RESOURCE_ALREADY_EXISTS", "INVALID_PARAMETER_VALUE"],
    },
    getRegisteredModel: {
      method: "GET",
      path: `${prefix}/get`,
      summary: "Get a registered model with its aliases and latest versions.",
      request: named,
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    renameRegisteredModel: {
      method: "POST",
      path: `${prefix}/rename`,
      summary: "Give a registered model another name; versions, aliases and tags stay.",
      request: z.object({ name: modelName, new_name: modelName }),
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_ALREADY_EXISTS", "INVALID_PARAMETER_VALUE"],
    },
    updateRegisteredModel: {
      method: "PATCH",
      path: `${prefix}/update`,
      summary: "Set the description; an empty one clears it.",
      request: z.object({ name: modelName, description: z.string().optional() }),
      response: one,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    deleteRegisteredModel: {
      method: "DELETE",
      path: `${prefix}/delete`,
      summary: "Remove a registered model and all of its versions.",
      request: named,
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    searchRegisteredModels: {
      method: "GET",
      path: `${prefix}/search`,
      summary: "Find registered models by name and tags, page by page; prompts only when the filter asks for them.",
      request: z.object({
        filter: z.string().default(""),
        max_results: z.coerce.number().int().min(1).max(1000).default(100),
        order_by: z.array(z.string()).default([]),
        page_token: z.string().optional(),
      }),
      response: z.object({ registered_models: z.array(registeredModel).optional(), next_page_token: z.string().optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    setRegisteredModelTag: {
      method: "POST",
      path: `${prefix}/set-tag`,
      summary: "Set a tag of a registered model.",
      request: z.object({ name: modelName, key: entityKey, value: registryTagValue }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteRegisteredModelTag: {
      method: "DELETE",
      path: `${prefix}/delete-tag`,
      summary: "Remove a tag of a registered model, if it is there.",
      request: z.object({ name: modelName, key: entityKey }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    setAlias: {
      method: "POST",
      path: `${prefix}/alias`,
      summary: "Point an alias at a version.",
      request: z.object({ name: modelName, alias: z.string(), version: versionNumber }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteAlias: {
      method: "DELETE",
      path: `${prefix}/alias`,
      summary: "Remove an alias, if it is there.",
      request: z.object({ name: modelName, alias: z.string() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getVersionByAlias: {
      method: "GET",
      path: `${prefix}/alias`,
      summary: "Get the version that an alias points at; `latest` is the highest one.",
      request: z.object({ name: modelName, alias: z.string() }),
      response: z.object({ model_version: modelVersion }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getLatestVersions: {
      method: "POST",
      path: `${prefix}/get-latest-versions`,
      summary: "The highest version of each stage, or of the stages named.",
      request: latestRequest,
      response: latestResponse,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    listLatestVersions: {
      method: "GET",
      path: `${prefix}/get-latest-versions`,
      summary: "The highest version of each stage, with the stages in the query.",
      request: latestRequest,
      response: latestResponse,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
  },
});
