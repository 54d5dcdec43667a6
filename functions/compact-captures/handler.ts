import { type CompactionContext, compactEnded } from "#core/monitoring/compact-captures.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { compactHour } from "#stores/duckdb/captured-window.ts";
import { withDuckDb } from "#stores/duckdb/session.ts";
import { monitorStore } from "#stores/dynamodb/monitoring/monitors.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { compactedCaptures } from "#stores/s3/compacted-captures.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { compactCaptures } from "./function.ts";

/** Compacts captured predictions, so that a window of many hours is read as few columns rather than as every request. */
export const createTask = (ctx: CompactionContext): Task => task(compactCaptures, async ({ hours }) => ({ compacted: await compactEnded(ctx, hours) }));

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  const files = { objects, bucket, captures: captureStore(objects, bucket), compacted: compactedCaptures(objects, bucket) };
  return createTask({
    monitors: monitorStore(dynamoDb(), env.table("platform")),
    captures: files.captures,
    compact: async (source, hour) => await withDuckDb(async (session) => await compactHour(session, files, source, hour)),
    now: Date.now,
  });
}
