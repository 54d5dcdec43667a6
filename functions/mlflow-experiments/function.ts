import { defineFunction } from "#contracts/function-spec.ts";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";

export const mlflowExperiments = defineFunction({
  name: "mlflow-experiments",
  summary: "MLflow's experiments: create, find, rename, tag, delete and restore.",
  contracts: [experimentsContract],
  tables: { tracking: "readWrite" },
  memoryMiB: 512,
});
