import { defineFunction } from "#contracts/function-spec.ts";
import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { experimentSummariesContract } from "#contracts/platform/experiment-summaries.ts";
import { metricSeriesContract } from "#contracts/platform/metric-series.ts";
import { recentRunsContract } from "#contracts/platform/recent-runs.ts";
import { runsTableContract } from "#contracts/platform/runs-table.ts";
import { packedFolders } from "#contracts/platform/tracking-tasks.ts";

export const mlflowRuns = defineFunction({
  name: "mlflow-runs",
  summary:
    "MLflow's runs: what training code logs, searches over it, its metrics for charts, runs as a table, runs of all experiments, and experiments in short.",
  contracts: [runsContract, metricsContract, inputsContract, metricSeriesContract, experimentSummariesContract, runsTableContract, recentRunsContract],
  tables: { tracking: "readWrite" },
  buckets: { artifacts: { access: "read", folders: Object.values(packedFolders) } },
  events: true,
  memoryMiB: 1024,
});
