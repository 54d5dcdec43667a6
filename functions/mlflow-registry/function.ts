import { defineFunction } from "#contracts/function-spec.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { registryHistoryContract } from "#contracts/platform/registry-history.ts";

export const mlflowRegistry = defineFunction({
  name: "mlflow-registry",
  summary: "Registered models, prompts, their versions, aliases and history.",
  contracts: [registeredModelsContract, modelVersionsContract, registryHistoryContract],
  tables: { tracking: "readWrite" },
});
