/**
 * Serves predictions from a process that lives on: a container on ECS or SageMaker (`docker run image serve`), or a child of the
 * laptop's platform.
 *
 * | variable | meaning | default |
 * | --- | --- | --- |
 * | `HOST`, `PORT` | where to listen; port 0 takes a free one and tells the parent process | `0.0.0.0`, 8080 |
 * | `CAPSTAN_SERVING_PROCESSES` | processes that share the port, each with models of its own; `auto` is one per processor | 1; `auto` in the image |
 * | `CAPSTAN_MODEL_FOLDER` | a folder with one model: no table or bucket is asked | `/opt/ml/model` where `PLATFORM_TABLE` is unset |
 * | `CAPSTAN_DEFAULT_ENDPOINT` | answers /invocations | the folder's model |
 * | `PLATFORM_TABLE`, `ARTIFACTS_BUCKET`, `DATA_BUCKET` | where endpoints, models and captures are | |
 * | `SAGEMAKER_NAME_PREFIX` | begins the names of endpoints that run on SageMaker, which are asked there | none is |
 * | `CAPSTAN_CACHE_FOLDER` | models and endpoints kept over restarts | the system's temporary folder |
 *
 * One file, which is bundled as one, has three parts to play: the process that answers, the one that keeps several of those, and the
 * thread of slow models. Each loads only its own code.
 */
import cluster from "node:cluster";
import { isMainThread } from "node:worker_threads";

async function main(): Promise<void> {
  const { processCount, superviseProcesses } = await import("./processes.ts");
  const processes = processCount(process.env["CAPSTAN_SERVING_PROCESSES"]);
  if (cluster.isPrimary && processes > 1) superviseProcesses(processes);
  else await (await import("./serve.ts")).serve(process.env, new URL(import.meta.url));
}

if (isMainThread) await main();
else await import("#onnx/model-thread.ts");
