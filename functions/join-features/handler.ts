import type { DefinitionStore, FeatureView } from "#core/features/definitions.ts";
import { joinFeatures, type TrainingJoin } from "#core/features/training-join.ts";
import { joinStep } from "#core/pipelines/pure-steps.ts";
import { cachedStep, type StepCache, withoutCache } from "#core/pipelines/step-cache.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { pointInTimeJoin } from "#stores/duckdb/point-in-time.ts";
import { definitionStore } from "#stores/dynamodb/features/definitions.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { stepCache } from "#stores/step-cache-context.ts";
import * as spec from "./function.ts";

/** DuckDB's share of the function's memory; the rest is for files on their way and for what DuckDB does not count. */
const duckDbMiB = 640;

export interface JoinContext {
  readonly definitions: Pick<DefinitionStore, "find">;
  readonly training: TrainingJoin;
  /** The files that a view's history consists of. */
  readonly history: (view: FeatureView) => Promise<unknown>;
}

/** Joins features to examples at a point in time. */
export const createTask = (ctx: JoinContext, cache: StepCache = withoutCache): Task =>
  task(
    spec.joinFeatures,
    cachedStep(cache, joinStep(ctx), (input) => joinFeatures(ctx, input)),
  );

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  const files = featureFiles(objects, bucket);
  const ctx: JoinContext = {
    definitions: definitionStore(dynamoDb(), env.table("features")),
    training: pointInTimeJoin(objects, files, bucket, duckDbMiB),
    history: (view) => files.list(view, { to: Number.POSITIVE_INFINITY }),
  };
  return createTask(ctx, stepCache(env.table("platform"), objects));
}
