import type { DatasetTaskContext } from "#core/data/datasets.ts";
import { versionDataset } from "#core/data/version-dataset.ts";
import { versionStep } from "#core/pipelines/pure-steps.ts";
import { cachedStep, type StepCache, withoutCache } from "#core/pipelines/step-cache.ts";
import { eventBridge } from "#gateways/clients.ts";
import { putEvent } from "#gateways/eventbridge/events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { datasetWork } from "#stores/duckdb/dataset-work.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { datasetDocuments, sha256Of } from "#stores/s3/datasets.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { stepCache } from "#stores/step-cache-context.ts";
import * as spec from "./function.ts";

/** Third step of a training pipeline: the data get a name that means these bytes for ever. */
export const createTask = (ctx: DatasetTaskContext, cache: StepCache = withoutCache): Task =>
  task(
    spec.versionDataset,
    cachedStep(cache, versionStep, (input) => versionDataset(ctx, input)),
  );

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  const bus = env.eventBus();
  const platform = env.table("platform");
  const ctx: DatasetTaskContext = {
    datasets: datasetStore(dynamoDb(), platform),
    documents: datasetDocuments(objects, bucket),
    work: datasetWork(objects, bucket),
    digest: sha256Of,
    announce: async (event) => await putEvent(eventBridge(), bus, event),
    now: Date.now,
  };
  return createTask(ctx, stepCache(platform, objects));
}
