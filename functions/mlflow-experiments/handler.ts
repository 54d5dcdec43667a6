import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import {
  createExperiment,
  deleteExperimentTag,
  getExperiment,
  getExperimentByName,
  renameExperiment,
  setExperimentStage,
  setExperimentTag,
} from "#core/tracking/experiments.ts";
import { searchExperiments } from "#core/tracking/search-experiments.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb } from "#stores/clients.ts";
import { trackingContext } from "#stores/dynamodb/tracking/tracking-context.ts";
import { toPage, toSearch, toWire } from "./wire.ts";

/** MLflow's /experiments operations. */
export const createHandler = (ctx: TrackingContext): HttpHandler =>
  serveRoutes(
    serve(experimentsContract, {
      createExperiment: async ({ name, artifact_location, tags }) => {
        const given = new Map(tags?.map(({ key, value }) => [key, value]));
        const { experimentId } = await createExperiment(ctx, { name, artifactLocation: artifact_location, tags: given });
        return { experiment_id: experimentId };
      },
      getExperiment: async ({ experiment_id }) => ({ experiment: toWire(await getExperiment(ctx, experiment_id)) }),
      getExperimentByName: async ({ experiment_name }) => ({ experiment: toWire(await getExperimentByName(ctx, experiment_name)) }),
      searchExperiments: async (request) => toPage(await searchExperiments(ctx, toSearch(request))),
      listExperiments: async (request) => toPage(await searchExperiments(ctx, toSearch(request))),
      updateExperiment: async ({ experiment_id, new_name }) => {
        await renameExperiment(ctx, experiment_id, new_name);
        return {};
      },
      deleteExperiment: async ({ experiment_id }) => {
        await setExperimentStage(ctx, experiment_id, "deleted");
        return {};
      },
      restoreExperiment: async ({ experiment_id }) => {
        await setExperimentStage(ctx, experiment_id, "active");
        return {};
      },
      setExperimentTag: async ({ experiment_id, key, value }) => {
        await setExperimentTag(ctx, experiment_id, key, value);
        return {};
      },
      deleteExperimentTag: async ({ experiment_id, key }) => {
        await deleteExperimentTag(ctx, experiment_id, key);
        return {};
      },
    }),
  );

export const create = (env: FunctionEnv): HttpHandler => createHandler(trackingContext(dynamoDb(), env.table("tracking")));
