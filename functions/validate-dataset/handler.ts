import { type ValidationContext, validateDataset } from "#core/data/validate-dataset.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { datasetWork } from "#stores/duckdb/dataset-work.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { datasetDocuments } from "#stores/s3/datasets.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import * as spec from "./function.ts";

/** Second step of a training pipeline: data that break their contract go no further. */
export const createTask = (ctx: ValidationContext): Task => task(spec.validateDataset, async (input) => await validateDataset(ctx, input));

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  return createTask({
    datasets: datasetStore(dynamoDb(), env.table("platform")),
    documents: datasetDocuments(objects, bucket),
    work: datasetWork(objects, bucket),
  });
}
