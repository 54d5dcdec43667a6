import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { listed } from "#contracts/mlflow/tags.ts";
import { deleteAlias, setAlias, versionByAlias } from "#core/registry/aliases.ts";
import { existingModel } from "#core/registry/change-model.ts";
import { createVersion, deleteVersion, deleteVersionTag, describeVersion, getVersion, setVersionTag } from "#core/registry/model-versions.ts";
import { createModel, deleteModel, deleteModelTag, describeModel, latestVersions, renameModel, setModelTag } from "#core/registry/registered-models.ts";
import type { RegisteredModel, RegistryContext } from "#core/registry/registry.ts";
import { searchModels, searchVersions } from "#core/registry/search.ts";
import { latestByStage, transitionStage } from "#core/registry/stages.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { type Service, serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb } from "#stores/clients.ts";
import { registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { modelToWire, versionToWire } from "./wire.ts";

interface Search {
  readonly filter: string;
  readonly max_results: number;
  readonly order_by: readonly string[];
  readonly page_token?: string | undefined;
}
const searchOf = ({ filter, max_results, order_by, page_token }: Search) => ({ filter, maxResults: max_results, orderBy: order_by, pageToken: page_token });

function models(ctx: RegistryContext): Service {
  const reply = async (model: RegisteredModel) => ({ registered_model: modelToWire(model, await latestVersions(ctx, model)) });
  const latest = async ({ name, stages }: { name: string; stages: readonly string[] }) => ({
    model_versions: listed((await latestByStage(ctx, name, stages)).map(versionToWire)),
  });
  return serve(registeredModelsContract, {
    createRegisteredModel: async (request) => await reply(await createModel(ctx, request)),
    getRegisteredModel: async ({ name }) => await reply(await existingModel(ctx, name)),
    renameRegisteredModel: async ({ name, new_name }) => await reply(await renameModel(ctx, name, new_name)),
    updateRegisteredModel: async ({ name, description }) => await reply(await describeModel(ctx, name, description)),
    deleteRegisteredModel: async ({ name }) => {
      await deleteModel(ctx, name);
      return {};
    },
    searchRegisteredModels: async (request) => {
      const { items, nextPageToken } = await searchModels(ctx, searchOf(request));
      return { registered_models: listed(items.map((item) => modelToWire(item.model, item.latest))), next_page_token: nextPageToken };
    },
    setRegisteredModelTag: async ({ name, key, value }) => {
      await setModelTag(ctx, name, key, value);
      return {};
    },
    deleteRegisteredModelTag: async ({ name, key }) => {
      await deleteModelTag(ctx, name, key);
      return {};
    },
    setAlias: async ({ name, alias, version }) => {
      await setAlias(ctx, name, alias, version);
      return {};
    },
    deleteAlias: async ({ name, alias }) => {
      await deleteAlias(ctx, name, alias);
      return {};
    },
    getVersionByAlias: async ({ name, alias }) => ({ model_version: versionToWire(await versionByAlias(ctx, name, alias)) }),
    getLatestVersions: latest,
    listLatestVersions: latest,
  });
}

const versions = (ctx: RegistryContext): Service =>
  serve(modelVersionsContract, {
    createModelVersion: async ({ name, source, run_id, run_link, model_id, tags, description }) => ({
      model_version: versionToWire(await createVersion(ctx, name, { source, runId: run_id, runLink: run_link, modelId: model_id, tags, description })),
    }),
    getModelVersion: async ({ name, version }) => ({ model_version: versionToWire(await getVersion(ctx, name, version)) }),
    updateModelVersion: async ({ name, version, description }) => ({ model_version: versionToWire(await describeVersion(ctx, name, version, description)) }),
    deleteModelVersion: async ({ name, version }) => {
      await deleteVersion(ctx, name, version);
      return {};
    },
    searchModelVersions: async (request) => {
      const { items, nextPageToken } = await searchVersions(ctx, searchOf(request));
      return { model_versions: listed(items.map(versionToWire)), next_page_token: nextPageToken };
    },
    getDownloadUri: async ({ name, version }) => ({ artifact_uri: (await getVersion(ctx, name, version)).version.location }),
    setModelVersionTag: async ({ name, version, key, value }) => {
      await setVersionTag(ctx, name, version, key, value);
      return {};
    },
    deleteModelVersionTag: async ({ name, version, key }) => {
      await deleteVersionTag(ctx, name, version, key);
      return {};
    },
    transitionStage: async ({ name, version, stage, archive_existing_versions }) => ({
      model_version: versionToWire(await transitionStage(ctx, name, version, stage, archive_existing_versions)),
    }),
  });

/** MLflow's /registered-models and /model-versions operations. */
export const createHandler = (ctx: RegistryContext): HttpHandler => serveRoutes(models(ctx), versions(ctx));

export const create = (env: FunctionEnv): HttpHandler => createHandler(registryContext(dynamoDb(), env.table("tracking")));
