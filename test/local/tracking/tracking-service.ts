import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import type { RunsContext } from "#core/tracking/open-runs.ts";
import { createHandler as experimentsHandler } from "#functions/mlflow-experiments/handler.ts";
import { createHandler as runsHandler } from "#functions/mlflow-runs/handler.ts";
import { runSearchContext } from "#stores/dynamodb/tracking/run-search-context.ts";
import { call, type Reply } from "#test/support/call.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";

type Fields = Readonly<Record<string, unknown>>;
type Caller<R extends { readonly routes: object }> = (operation: keyof R["routes"] & string, fields?: Fields) => Promise<Reply>;

/** The tracking functions over an engine of their own, called through their front doors. */
export interface TrackingService {
  readonly tables: LocalTables;
  readonly context: RunsContext;
  readonly experiments: Caller<typeof experimentsContract>;
  readonly runs: Caller<typeof runsContract>;
  readonly metrics: Caller<typeof metricsContract>;
  readonly inputs: Caller<typeof inputsContract>;
  /** The id of a new experiment with a name of its own. */
  newExperiment(fields?: Fields): Promise<string>;
  /** The id of a new run. */
  newRun(experimentId: string, fields?: Fields): Promise<string>;
  /** The run as runs/get shows it. */
  get(runId: string): Promise<Reply["body"]>;
  stop(): Promise<void>;
}

export async function startTracking(): Promise<TrackingService> {
  const tables = await startLocalTables();
  const context = runSearchContext(tables.client, { table: tables.table("tracking"), objects: memoryObjects(), bucket: "artifacts" });
  const [forExperiments, forRuns] = [experimentsHandler(context), runsHandler(context)];
  const experiments: TrackingService["experiments"] = (operation, fields) => call(forExperiments, experimentsContract, operation, fields);
  const runs: TrackingService["runs"] = (operation, fields) => call(forRuns, runsContract, operation, fields);
  let made = 0;
  return {
    tables,
    context,
    experiments,
    runs,
    metrics: (operation, fields) => call(forRuns, metricsContract, operation, fields),
    inputs: (operation, fields) => call(forRuns, inputsContract, operation, fields),
    newExperiment: async (fields) => (await experiments("createExperiment", { name: `experiment ${made++}`, ...fields })).body.experiment_id,
    newRun: async (experiment_id, fields) => (await runs("createRun", { experiment_id, start_time: 1, ...fields })).body.run.info.run_id,
    get: async (run_id) => (await runs("getRun", { run_id })).body.run,
    stop: () => tables.stop(),
  };
}
