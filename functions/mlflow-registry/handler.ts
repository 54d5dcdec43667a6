import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { listed } from "#contracts/mlflow/tags.ts";
import { registryHistoryContract } from "#contracts/platform/registry-history.ts";
import type { Call } from "#contracts/route.ts";
import { deleteAlias, setAlias, versionByAlias } from "#core/registry/aliases.ts";
import { existingModel } from "#core/registry/change-model.ts";
import { listHistory } from "#core/registry/history.ts";
import { createVersion, deleteVersion, deleteVersionTag, describeVersion, getVersion, setVersionTag } from "#core/registry/model-versions.ts";
import { createModel, deleteModel, deleteModelTag, describeModel, latestVersions, renameModel, setModelTag } from "#core/registry/registered-models.ts";
import type { RegisteredModel, RegistryContext, RegistryWriteContext } from "#core/registry/registry.ts";
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

/** Changes are made in the name of who asks. */
const writing = (ctx: RegistryContext, { principal }: Call): RegistryWriteContext => ({ ...ctx, actor: { by: principal } });

function models(ctx: RegistryContext): Service {
  const reply = async (model: RegisteredModel) => ({ registered_model: modelToWire(model, await latestVersions(ctx, model)) });
  const latest = async ({ name, stages }: { name: string; stages: readonly string[] }) => ({
    model_versions: listed((await latestByStage(ctx, name, stages)).map(versionToWire)),
  });
  return serve(registeredModelsContract, {
    createRegisteredModel: async (request, call) => await reply(await createModel(writing(ctx, call), request)),
    getRegisteredModel: async ({ name }) => await reply(await existingModel(ctx, name)),
    renameRegisteredModel: async ({ name, new_name }, call) => await reply(await renameModel(writing(ctx, call), name, new_name)),
    updateRegisteredModel: async ({ name, description }, call) => await reply(await describeModel(writing(ctx, call), name, description)),
    deleteRegisteredModel: async ({ name }) => {
      await deleteModel(ctx, name);
      return {};
    },
    searchRegisteredModels: async (request) => {
      const { items, nextPageToken } = await searchModels(ctx, searchOf(request));
      return { registered_models: listed(items.map((item) => modelToWire(item.model, item.latest))), next_page_token: nextPageToken };
    },
    setRegisteredModelTag: async ({ name, key, value }, call) => {
      await setModelTag(writing(ctx, call), name, key, value);
      return {};
    },
    deleteRegisteredModelTag: async ({ name, key }, call) => {
      await deleteModelTag(writing(ctx, call), name, key);
      return {};
    },
    setAlias: async ({ name, alias, version }, call) => {
      await setAlias(writing(ctx, call), name, alias, version);
      return {};
    },
    deleteAlias: async ({ name, alias }, call) => {
      await deleteAlias(writing(ctx, call), name, alias);
      return {};
    },
    getVersionByAlias: async ({ name, alias }) => ({ model_version: versionToWire(await versionByAlias(ctx, name, alias)) }),
    getLatestVersions: latest,
    listLatestVersions: latest,
  });
}

const versions = (ctx: RegistryContext): Service =>
  serve(modelVersionsContract, {
    createModelVersion: async ({ name, source, run_id, run_link, model_id, tags, description }, call) => ({
      model_version: versionToWire(
        await createVersion(writing(ctx, call), name, { source, runId: run_id, runLink: run_link, modelId: model_id, tags, description }),
      ),
    }),
    getModelVersion: async ({ name, version }) => ({ model_version: versionToWire(await getVersion(ctx, name, version)) }),
    updateModelVersion: async ({ name, version, description }, call) => ({
      model_version: versionToWire(await describeVersion(writing(ctx, call), name, version, description)),
    }),
    deleteModelVersion: async ({ name, version }, call) => {
      await deleteVersion(writing(ctx, call), name, version);
      return {};
    },
    searchModelVersions: async (request) => {
      const { items, nextPageToken } = await searchVersions(ctx, searchOf(request));
      return { model_versions: listed(items.map(versionToWire)), next_page_token: nextPageToken };
    },
    getDownloadUri: async ({ name, version }) => ({ artifact_uri: (await getVersion(ctx, name, version)).version.location }),
    setModelVersionTag: async ({ name, version, key, value }, call) => {
      await setVersionTag(writing(ctx, call), name, version, key, value);
      return {};
    },
    deleteModelVersionTag: async ({ name, version, key }, call) => {
      await deleteVersionTag(writing(ctx, call), name, version, key);
      return {};
    },
    transitionStage: async ({ name, version, stage, archive_existing_versions }, call) => ({
      model_version: versionToWire(await transitionStage(writing(ctx, call), name, version, stage, archive_existing_versions)),
    }),
  });

const history = (ctx: RegistryContext): Service => serve(registryHistoryContract, { listModelHistory: (query) => listHistory(ctx, query) });

/** MLflow's /registered-models and /model-versions operations, and the platform's history of models. */
export const createHandler = (ctx: RegistryContext): HttpHandler => serveRoutes(models(ctx), versions(ctx), history(ctx));

export const create = (env: FunctionEnv): HttpHandler => createHandler(registryContext(dynamoDb(), env.table("tracking")));
