import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { modelThreads } from "#onnx/threads.ts";
import { functionEnv } from "#runtime/function-env.ts";
import { logger } from "#runtime/logger.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { servedEndpoints } from "#stores/dynamodb/serving/endpoints.ts";
import { statisticsStore } from "#stores/dynamodb/serving/statistics.ts";
import { captureBatches } from "#stores/s3/capture-batches.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { modelFiles } from "#stores/s3/model-files.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { type ContextOptions, cacheFolder, inferenceContext } from "./context.ts";
import { inferenceServer } from "./function.ts";
import { httpDoor } from "./http-door.ts";
import { createInference } from "./inference.ts";
import { folderEndpoint, modelFolder } from "./model-folder.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Sources = Pick<ContextOptions, "source" | "files" | "statistics" | "captures" | "defaultEndpoint" | "hostedPrefix">;

const refreshMs = 1_000;
const flushMs = 1_000;
/** SageMaker and ECS kill a container 30 s after SIGTERM. */
const drainMs = 25_000;

async function oneModel(folder: string, env: Environment): Promise<Sources> {
  return {
    ...(await modelFolder(folder)),
    statistics: { write: async () => {} },
    captures: { capture: () => {}, flush: async () => {} },
    defaultEndpoint: env["CAPSTAN_DEFAULT_ENDPOINT"] ?? folderEndpoint,
  };
}

function wholePlatform(folder: string, variables: Environment): Sources {
  const env = functionEnv(inferenceServer, variables);
  const objects = s3Objects(s3());
  return {
    source: servedEndpoints(dynamoDb(), env.table("platform")),
    files: modelFiles(objects, join(folder, "models")),
    statistics: statisticsStore(dynamoDb(), env.table("platform")),
    captures: captureBatches(captureStore(objects, env.bucket("data")), {
      onLoss: (records, error) => logger.warn("captured predictions are lost", { records, error }),
    }),
    defaultEndpoint: variables["CAPSTAN_DEFAULT_ENDPOINT"],
    hostedPrefix: variables["SAGEMAKER_NAME_PREFIX"],
  };
}

/**
 * Answers predictions until SIGTERM; what is under way then is answered first. A parent process is told the port.
 * @param thread the module that runs slow models in threads
 */
export async function serve(env: Environment, thread: URL): Promise<void> {
  const folder = cacheFolder(env["CAPSTAN_CACHE_FOLDER"]);
  const model = env["CAPSTAN_MODEL_FOLDER"] ?? (env["PLATFORM_TABLE"] === undefined ? "/opt/ml/model" : undefined);
  const sources = model === undefined ? wholePlatform(folder, env) : await oneModel(model, env);
  const ctx = inferenceContext({ ...sources, threads: modelThreads(thread), folder, refreshMs });
  const door = httpDoor(createInference(ctx));

  async function flush(): Promise<void> {
    try {
      await ctx.statistics.flush();
    } catch (error) {
      logger.warn("statistics are not written yet", { error });
    }
  }
  const flushing = setInterval(() => void flush(), flushMs);

  async function stop(): Promise<void> {
    clearInterval(flushing);
    const late = new Promise((resolve) => setTimeout(resolve, drainMs).unref());
    await Promise.race([door.close(), late]);
    await Promise.race([Promise.all([flush(), ctx.captures.flush()]), late]);
    process.exit(0);
  }
  for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(event, () => void stop());

  door.server.listen(Number(env["PORT"] ?? "8080"), env["HOST"] ?? "0.0.0.0");
  await once(door.server, "listening");
  const { address, port } = door.server.address() as AddressInfo;
  logger.info("serving predictions", { address, port });
  process.send?.({ port });
}
