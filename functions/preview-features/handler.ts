import { featurePreviewContract } from "#contracts/platform/feature-previews.ts";
import { type PreviewContext, previewTrainingSet } from "#core/features/preview-join.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { previewJoin } from "#stores/duckdb/preview-join.ts";
import { definitionStore } from "#stores/dynamodb/features/definitions.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { s3Objects } from "#stores/s3/objects.ts";

/** DuckDB's share of the function's memory. */
const duckDbMiB = 512;

/** The platform's /feature-previews operations. */
export const createHandler = (ctx: PreviewContext): HttpHandler =>
  serveRoutes(serve(featurePreviewContract, { previewTrainingSet: async (request) => await previewTrainingSet(ctx, request) }));

export function create(env: FunctionEnv): HttpHandler {
  const objects = s3Objects(s3());
  return createHandler({
    definitions: definitionStore(dynamoDb(), env.table("features")),
    previews: previewJoin({ objects, files: featureFiles(objects, env.bucket("data")) }, duckDbMiB),
  });
}
