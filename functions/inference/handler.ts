import { join } from "node:path";
import { captureLine } from "#core/monitoring/captures.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { logger } from "#runtime/logger.ts";
import { toResponse } from "#runtime/wire-errors.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { servedEndpoints } from "#stores/dynamodb/serving/endpoints.ts";
import { statisticsStore } from "#stores/dynamodb/serving/statistics.ts";
import { modelFiles } from "#stores/s3/model-files.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { cacheFolder, inferenceContext } from "./context.ts";
import { createInference } from "./inference.ts";
import type { InferenceContext } from "./predict.ts";
import { buffered } from "./request.ts";

const refreshMs = 5_000;
/** Between requests a Lambda environment stands still: what it counted is written with a request's end, at most this often. */
const flushEveryMs = 5_000;

/** An HTTP handler whose bodies are read first, and whose statistics are written now and then when a reply is ready. */
export function createHandler(ctx: InferenceContext): HttpHandler {
  const infer = createInference(ctx);
  let flushedAt = Number.NEGATIVE_INFINITY;

  async function flush(): Promise<void> {
    if (ctx.clock() - flushedAt < flushEveryMs) return;
    flushedAt = ctx.clock();
    try {
      await ctx.statistics.flush();
    } catch (error) {
      logger.warn("statistics are not written yet", { error });
    }
  }

  return async (request) => {
    try {
      const response = await infer(await buffered(request));
      await flush();
      return response;
    } catch (error) {
      return toResponse(request.path.startsWith("/v2") ? "kserve" : "platform", error, request.requestId);
    }
  };
}

export function create(env: FunctionEnv): HttpHandler {
  const folder = cacheFolder(env.optional("CAPSTAN_CACHE_FOLDER"));
  return createHandler(
    inferenceContext({
      source: servedEndpoints(dynamoDb(), env.table("platform")),
      files: modelFiles(s3Objects(s3()), join(folder, "models")),
      statistics: statisticsStore(dynamoDb(), env.table("platform")),
      captures: { capture: (source, record) => void process.stdout.write(`${captureLine(source, record)}\n`), flush: async () => {} },
      folder,
      refreshMs,
      hostedPrefix: env.optional("SAGEMAKER_NAME_PREFIX"),
    }),
  );
}
