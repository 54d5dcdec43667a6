import { fileInfos } from "#contracts/mlflow/artifacts.ts";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { listed } from "#contracts/mlflow/tags.ts";
import { artifactReply } from "#core/artifacts/artifact-reply.ts";
import { type ArtifactContext, fileBelow, listBelow, openArtifact } from "#core/artifacts/artifacts.ts";
import { getLoggedModel, type LoggedModelContext } from "#core/logged-models/logged-model.ts";
import {
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  logLoggedModelParams,
  setLoggedModelTags,
} from "#core/logged-models/logged-models.ts";
import { searchLoggedModels } from "#core/logged-models/search-logged-models.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb } from "#stores/clients.ts";
import { loggedModelContext } from "#stores/dynamodb/registry/registry-context.ts";
import { artifactContext } from "#stores/s3/artifacts-context.ts";
import { datasetFromWire, entryMap, modelToWire, orderFromWire } from "./wire.ts";

/** MLflow's /logged-models operations. */
export const createHandler = (ctx: LoggedModelContext, artifacts: ArtifactContext): HttpHandler =>
  serveRoutes(
    serve(loggedModelsContract, {
      createLoggedModel: async ({ experiment_id, name, model_type, source_run_id, params, tags }) => ({
        model: modelToWire(
          await createLoggedModel(ctx, {
            experimentId: experiment_id,
            name,
            modelType: model_type,
            sourceRunId: source_run_id,
            params: entryMap(params),
            tags: entryMap(tags),
          }),
        ),
      }),
      searchLoggedModels: async ({ experiment_ids, filter, datasets, max_results, order_by, page_token }) => {
        const { items, nextPageToken } = await searchLoggedModels(ctx, {
          experimentIds: experiment_ids,
          filter,
          datasets: datasets.map(datasetFromWire),
          orderBy: order_by.map(orderFromWire),
          maxResults: max_results,
          pageToken: page_token,
        });
        return { models: listed(items.map(modelToWire)), next_page_token: nextPageToken };
      },
      getLoggedModel: async ({ model_id, allow_deleted }) => ({ model: modelToWire(await getLoggedModel(ctx, model_id, allow_deleted)) }),
      finalizeLoggedModel: async ({ model_id, status }) => ({ model: modelToWire(await finalizeLoggedModel(ctx, model_id, status)) }),
      deleteLoggedModel: async ({ model_id }) => {
        await deleteLoggedModel(ctx, model_id);
        return {};
      },
      setLoggedModelTags: async ({ model_id, tags }) => {
        await setLoggedModelTags(ctx, model_id, entryMap(tags));
        return {};
      },
      deleteLoggedModelTag: async ({ model_id, tag_key }) => {
        await deleteLoggedModelTag(ctx, model_id, tag_key);
        return {};
      },
      logLoggedModelParams: async ({ model_id, params }) => {
        await logLoggedModelParams(ctx, model_id, entryMap(params));
        return {};
      },
      listLoggedModelArtifacts: async ({ model_id, artifact_directory_path }) => {
        const root = await artifacts.roots.loggedModel(model_id);
        return { root_uri: root, files: fileInfos(await listBelow(artifacts, root, artifact_directory_path)) };
      },
      getLoggedModelArtifact: async ({ model_id, artifact_file_path }, { headers }) => {
        const address = fileBelow(artifacts, await artifacts.roots.loggedModel(model_id), artifact_file_path);
        return artifactReply(await openArtifact(artifacts, address, headers["range"]), address.key);
      },
    }),
  );

export const create = (env: FunctionEnv): HttpHandler => {
  const table = env.table("tracking");
  const artifacts = artifactContext(dynamoDb(), { bucket: env.bucket("artifacts"), table, maxProxiedBytes: env.optional("MAX_PROXIED_BYTES") });
  return createHandler(loggedModelContext(dynamoDb(), table), artifacts);
};
