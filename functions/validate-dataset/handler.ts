import { type ValidationContext, validateDataset } from "#core/data/validate-dataset.ts";
import { validateStep } from "#core/pipelines/pure-steps.ts";
import { cachedStep, type StepCache, withoutCache } from "#core/pipelines/step-cache.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { datasetWork } from "#stores/duckdb/dataset-work.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { datasetDocuments } from "#stores/s3/datasets.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { stepCache } from "#stores/step-cache-context.ts";
import * as spec from "./function.ts";

/** Second step of a training pipeline: data that break their contract go no further. */
export const createTask = (ctx: ValidationContext, cache: StepCache = withoutCache): Task =>
  task(
    spec.validateDataset,
    cachedStep(cache, validateStep(ctx), (input) => validateDataset(ctx, input)),
  );

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  const platform = env.table("platform");
  return createTask(
    { datasets: datasetStore(dynamoDb(), platform), documents: datasetDocuments(objects, bucket), work: datasetWork(objects, bucket) },
    stepCache(platform, objects),
  );
}
