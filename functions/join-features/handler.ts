import type { DefinitionStore } from "#core/features/definitions.ts";
import { joinFeatures, type TrainingJoin } from "#core/features/training-join.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { pointInTimeJoin } from "#stores/duckdb/point-in-time.ts";
import { definitionStore } from "#stores/dynamodb/features/definitions.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import * as spec from "./function.ts";

/** DuckDB's share of the function's memory; the rest is for files on their way and for what DuckDB does not count. */
const duckDbMiB = 640;

/** Joins features to examples at a point in time. */
export const createTask = (ctx: { readonly definitions: Pick<DefinitionStore, "find">; readonly training: TrainingJoin }): Task =>
  task(spec.joinFeatures, (input) => joinFeatures(ctx, input));

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  return createTask({
    definitions: definitionStore(dynamoDb(), env.table("features")),
    training: pointInTimeJoin(objects, featureFiles(objects, bucket), bucket, duckDbMiB),
  });
}
