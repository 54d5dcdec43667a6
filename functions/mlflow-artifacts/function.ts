import { defineFunction } from "#contracts/function-spec.ts";
import { artifactsContract } from "#contracts/mlflow/artifacts.ts";
import { serverContract } from "#contracts/mlflow/server.ts";

export const mlflowArtifacts = defineFunction({
  name: "mlflow-artifacts",
  summary: "Files of runs and models, and what clients ask of the server itself.",
  contracts: [artifactsContract, serverContract],
  tables: { tracking: "read" },
  buckets: { artifacts: "readWrite" },
});
