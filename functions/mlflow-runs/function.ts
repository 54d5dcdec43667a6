import { defineFunction } from "#contracts/function-spec.ts";
import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { metricSeriesContract } from "#contracts/platform/metric-series.ts";

export const mlflowRuns = defineFunction({
  name: "mlflow-runs",
  summary: "MLflow's runs: what training code logs, searches over it, and its metrics for charts.",
  contracts: [runsContract, metricsContract, inputsContract, metricSeriesContract],
  tables: { tracking: "readWrite" },
  memoryMiB: 1024,
});
