import type { DatasetWork } from "#core/data/datasets.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { s3 } from "#stores/clients.ts";
import { datasetWork } from "#stores/duckdb/dataset-work.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { ingestDataset } from "./function.ts";

/** First step of a training pipeline: a source becomes Parquet in our types. */
export const createTask = ({ work }: { readonly work: Pick<DatasetWork, "ingest"> }): Task =>
  task(ingestDataset, async (input) => {
    const { data, columns } = await work.ingest(input);
    return { dataset: input.dataset, ...data, columns: [...columns] };
  });

export const create = (env: FunctionEnv): Task => createTask({ work: datasetWork(s3Objects(s3()), env.bucket("data")) });
