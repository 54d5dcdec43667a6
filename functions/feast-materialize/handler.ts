import { feastMaterializeContract } from "#contracts/feast/feature-server.ts";
import { type MaterializeContext, materialize, materializeIncremental } from "#core/features/materialize.ts";
import { answering, nothing } from "#runtime/feast-replies.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { s3 } from "#stores/clients.ts";
import { featureContext } from "#stores/feature-context.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { s3Objects } from "#stores/s3/objects.ts";

/** DuckDB's share of the function's memory. */
const duckDbMiB = 640;

/** Feast's materialization, answered when it is done. What a cut connection leaves undone, a repeat does. */
export const createHandler = (ctx: MaterializeContext): HttpHandler =>
  serveRoutes(
    serve(feastMaterializeContract, {
      materialize: ({ start_ts, end_ts, feature_views }) =>
        answering(async () => {
          await materialize(ctx, { views: feature_views, start: start_ts, end: end_ts });
          return nothing;
        }),
      materializeIncremental: ({ end_ts, feature_views }) =>
        answering(async () => {
          await materializeIncremental(ctx, { views: feature_views, end: end_ts });
          return nothing;
        }),
    }),
  );

export function create(env: FunctionEnv): HttpHandler {
  const bucket = env.bucket("data");
  const objects = s3Objects(s3());
  return createHandler({
    ...featureContext(env.table("features"), bucket),
    history: {
      // DuckDB is loaded by the first materialization, so that the laptop's process does not hold it from the start.
      async newest(view, range, take) {
        const { featureHistory } = await import("#stores/duckdb/feature-newest.ts");
        return featureHistory(objects, featureFiles(objects, bucket), duckDbMiB).newest(view, range, take);
      },
    },
  });
}
