import { defineFunction } from "#contracts/function-spec.ts";
import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { experimentSummariesContract } from "#contracts/platform/experiment-summaries.ts";
import { metricSeriesContract } from "#contracts/platform/metric-series.ts";

export const mlflowRuns = defineFunction({
  name: "mlflow-runs",
  summary: "MLflow's runs: what training code logs, searches over it, its metrics for charts, and experiments in short.",
  contracts: [runsContract, metricsContract, inputsContract, metricSeriesContract, experimentSummariesContract],
  tables: { tracking: "readWrite" },
  memoryMiB: 1024,
});
