import { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { cachedDefinitions } from "#core/features/cached-definitions.ts";
import type { FeatureContext } from "#core/features/definitions.ts";
import { pushToSource, writeRowsOnline } from "#core/features/push-rows.ts";
import { readOnline } from "#core/features/read-online.ts";
import { answering, empty, nothing } from "#runtime/feast-replies.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { featureContext } from "#stores/feature-context.ts";
import { onlineResponse, readRequest, rowsOf } from "./wire.ts";

/** How long reads may go by a definition that has changed. Writes never do. */
const definitionMillis = 5000;

/** Feast's feature server, without materialization. */
export function createHandler(ctx: FeatureContext): HttpHandler {
  const reading = { ...ctx, definitions: cachedDefinitions(ctx.definitions, () => ctx.now(), definitionMillis) };
  return serveRoutes(
    serve(feastOnlineContract, {
      getOnlineFeatures: (request) => answering(async () => onlineResponse(await readOnline(reading, readRequest(request)), request)),
      push: ({ push_source_name, df, to }) =>
        answering(async () => {
          await pushToSource(ctx, push_source_name, rowsOf(df), to);
          return empty;
        }),
      writeToOnlineStore: ({ feature_view_name, df }) =>
        answering(async () => {
          await writeRowsOnline(ctx, feature_view_name, rowsOf(df));
          return nothing;
        }),
    }),
  );
}

export const create = (env: FunctionEnv): HttpHandler => createHandler(featureContext(env.table("features"), env.bucket("data")));
