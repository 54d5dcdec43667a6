import { featureContract } from "#contracts/platform/features.ts";
import { getDefinition, listDefinitions } from "#core/features/apply-definition.ts";
import type { FeatureContext } from "#core/features/definitions.ts";
import { deleteEntity, putEntity } from "#core/features/entities.ts";
import { deleteFeatureService, putFeatureService } from "#core/features/feature-services.ts";
import { deleteFeatureView, putFeatureView } from "#core/features/feature-views.ts";
import { pushRows } from "#core/features/push-rows.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { featureContext } from "#stores/feature-context.ts";

/** The platform's /features operations. */
export const createHandler = (ctx: FeatureContext): HttpHandler =>
  serveRoutes(
    serve(featureContract, {
      putEntity: async (fields) => ({ entity: await putEntity(ctx, fields) }),
      getEntity: async ({ name }) => ({ entity: await getDefinition(ctx, "entity", name) }),
      deleteEntity: ({ name }) => deleteEntity(ctx, name),
      listEntities: async ({ pageSize, pageToken }) => {
        const { items: entities, nextPageToken } = await listDefinitions(ctx, "entity", pageSize, pageToken);
        return { entities, nextPageToken };
      },
      putFeatureView: async (fields) => ({ view: await putFeatureView(ctx, fields) }),
      getFeatureView: async ({ name }) => ({ view: await getDefinition(ctx, "view", name) }),
      deleteFeatureView: ({ name }) => deleteFeatureView(ctx, name),
      listFeatureViews: async ({ pageSize, pageToken }) => {
        const { items: views, nextPageToken } = await listDefinitions(ctx, "view", pageSize, pageToken);
        return { views, nextPageToken };
      },
      putFeatureService: async (fields) => ({ service: await putFeatureService(ctx, fields) }),
      getFeatureService: async ({ name }) => ({ service: await getDefinition(ctx, "service", name) }),
      deleteFeatureService: ({ name }) => deleteFeatureService(ctx, name),
      listFeatureServices: async ({ pageSize, pageToken }) => {
        const { items: services, nextPageToken } = await listDefinitions(ctx, "service", pageSize, pageToken);
        return { services, nextPageToken };
      },
      pushFeatureRows: ({ name, rows }) => pushRows(ctx, name, rows),
    }),
  );

export const create = (env: FunctionEnv): HttpHandler => createHandler(featureContext(env.table("features"), env.bucket("data")));
