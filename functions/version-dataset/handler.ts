import type { DatasetTaskContext } from "#core/data/datasets.ts";
import { versionDataset } from "#core/data/version-dataset.ts";
import { eventBridge, putEvent } from "#gateways/eventbridge/events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { datasetWork } from "#stores/duckdb/dataset-work.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { datasetDocuments, sha256Of } from "#stores/s3/datasets.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import * as spec from "./function.ts";

/** Third step of a training pipeline: the data get a name that means these bytes for ever. */
export const createTask = (ctx: DatasetTaskContext): Task => task(spec.versionDataset, async (input) => await versionDataset(ctx, input));

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  const bus = env.eventBus();
  return createTask({
    datasets: datasetStore(dynamoDb(), env.table("platform")),
    documents: datasetDocuments(objects, bucket),
    work: datasetWork(objects, bucket),
    digest: sha256Of,
    announce: async (event) => await putEvent(eventBridge(), bus, event),
    now: Date.now,
  });
}
