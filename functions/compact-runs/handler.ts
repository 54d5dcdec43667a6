import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { type CompactionContext, compactExperiment } from "#stores/dynamodb/tracking/compact-experiment.ts";
import { trackingStores } from "#stores/dynamodb/tracking/tracking-stores.ts";
import { blockFiles } from "#stores/s3/blocks/block-files.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { compactRuns } from "./function.ts";

/** Packs an experiment's runs, unless somebody else is at it. */
export const createTask = (ctx: CompactionContext): Task =>
  task(compactRuns, async ({ experimentId }) => ({ ...(await compactExperiment(ctx, experimentId)) }));

export function create(env: FunctionEnv): Task {
  const { experiments, runRecords } = trackingStores(dynamoDb(), env.table("tracking"));
  return createTask({ experiments, records: runRecords, files: blockFiles(s3Objects(s3()), env.bucket("artifacts")), now: Date.now });
}
