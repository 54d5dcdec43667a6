import { defineFunction } from "#contracts/function-spec.ts";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";

export const mlflowLoggedModels = defineFunction({
  name: "mlflow-logged-models",
  summary: "Logged models: what training code produced, their params, tags, metrics and files.",
  contracts: [loggedModelsContract],
  tables: { tracking: "readWrite" },
  buckets: { artifacts: "read" },
});
