import { defineFunction } from "#contracts/function-spec.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";

export const mlflowRegistry = defineFunction({
  name: "mlflow-registry",
  summary: "Registered models, prompts, their versions and aliases.",
  contracts: [registeredModelsContract, modelVersionsContract],
  tables: { tracking: "readWrite" },
});
