import type { MonitorRunContext } from "#core/monitoring/monitors.ts";
import { runRequested } from "#core/monitoring/run-monitor.ts";
import { eventBridge } from "#gateways/clients.ts";
import { putEvent } from "#gateways/eventbridge/events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { observe } from "#stores/duckdb/observe.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { monitorContext } from "#stores/monitor-context.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { compactedCaptures } from "#stores/s3/compacted-captures.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { detectDrift } from "./function.ts";

/** DuckDB's share of the function's memory; with the rest of the process the peak stays below 512 MiB. */
const duckDbMiB = 256;

/** Looks for drift: in the monitors that are due, or in the one that was asked for. */
export const createTask = (ctx: MonitorRunContext): Task =>
  task(detectDrift, async ({ monitor, now }) => {
    const { judged, failed } = await runRequested(ctx, monitor, now);
    return { judged: [...judged], failed: [...failed] };
  });

export function create(env: FunctionEnv): Task {
  const objects = s3Objects(s3());
  const [table, bucket, bus] = [env.table("platform"), env.bucket("data"), env.eventBus()];
  const files = {
    objects,
    bucket,
    captures: captureStore(objects, bucket),
    compacted: compactedCaptures(objects, bucket),
    datasets: datasetStore(dynamoDb(), table),
  };
  return createTask({
    ...monitorContext(table, bucket),
    observe: observe(files, duckDbMiB),
    announce: async (event) => await putEvent(eventBridge(), bus, event),
  });
}
