/**
 * Serves predictions from a process that lives on: a container on ECS or SageMaker (`docker run image serve`), or a child of the
 * laptop's platform.
 *
 * | variable | meaning | default |
 * | --- | --- | --- |
 * | `HOST`, `PORT` | where to listen; port 0 takes a free one and tells the parent process | `0.0.0.0`, 8080 |
 * | `CAPSTAN_MODEL_FOLDER` | a folder with one model: no table or bucket is asked | `/opt/ml/model` where `PLATFORM_TABLE` is unset |
 * | `CAPSTAN_DEFAULT_ENDPOINT` | answers /invocations | the folder's model |
 * | `PLATFORM_TABLE`, `ARTIFACTS_BUCKET`, `DATA_BUCKET` | where endpoints, models and captures are | |
 * | `SAGEMAKER_NAME_PREFIX` | begins the names of endpoints that run on SageMaker, which are asked there | none is |
 * | `CAPSTAN_CACHE_FOLDER` | models and endpoints kept over restarts | the system's temporary folder |
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { functionEnv } from "#runtime/function-env.ts";
import { logger } from "#runtime/logger.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { servedEndpoints } from "#stores/dynamodb/serving/endpoints.ts";
import { statisticsStore } from "#stores/dynamodb/serving/statistics.ts";
import { captureBatches } from "#stores/s3/capture-batches.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { modelFiles } from "#stores/s3/model-files.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { cacheFolder, inferenceContext } from "./context.ts";
import { inferenceServer } from "./function.ts";
import { httpDoor } from "./http-door.ts";
import { createInference } from "./inference.ts";
import { folderEndpoint, modelFolder } from "./model-folder.ts";
import type { InferenceContext } from "./predict.ts";

const refreshMs = 1_000;
const flushMs = 1_000;
/** SageMaker and ECS kill a container 30 s after SIGTERM. */
const drainMs = 25_000;

const variable = (name: string) => process.env[name];
const folder = cacheFolder(variable("CAPSTAN_CACHE_FOLDER"));

async function folderContext(model: string): Promise<InferenceContext> {
  const nowhere = { write: async () => {} };
  return inferenceContext({
    ...(await modelFolder(model)),
    statistics: nowhere,
    captures: { capture: () => {}, flush: async () => {} },
    folder,
    refreshMs,
    defaultEndpoint: variable("CAPSTAN_DEFAULT_ENDPOINT") ?? folderEndpoint,
  });
}

function platformContext(): InferenceContext {
  const env = functionEnv(inferenceServer, process.env);
  const objects = s3Objects(s3());
  return inferenceContext({
    source: servedEndpoints(dynamoDb(), env.table("platform")),
    files: modelFiles(objects, join(folder, "models")),
    statistics: statisticsStore(dynamoDb(), env.table("platform")),
    captures: captureBatches(captureStore(objects, env.bucket("data")), {
      onLoss: (records, error) => logger.warn("captured predictions are lost", { records, error }),
    }),
    folder,
    refreshMs,
    defaultEndpoint: variable("CAPSTAN_DEFAULT_ENDPOINT"),
    hostedPrefix: variable("SAGEMAKER_NAME_PREFIX"),
  });
}

const model = variable("CAPSTAN_MODEL_FOLDER") ?? (variable("PLATFORM_TABLE") === undefined ? "/opt/ml/model" : undefined);
const ctx = model === undefined ? platformContext() : await folderContext(model);
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

door.server.listen(Number(variable("PORT") ?? "8080"), variable("HOST") ?? "0.0.0.0");
await once(door.server, "listening");
const { address, port } = door.server.address() as AddressInfo;
logger.info("serving predictions", { address, port });
process.send?.({ port });
