import { defineFunction } from "#contracts/function-spec.ts";
import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";

export const mlflowRuns = defineFunction({
  name: "mlflow-runs",
  summary: "MLflow's runs: what training code logs, and searches over it.",
  contracts: [runsContract, metricsContract, inputsContract],
  tables: { tracking: "readWrite" },
  memoryMiB: 1024,
});
