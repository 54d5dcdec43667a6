import { defineFunction } from "#contracts/function-spec.ts";
import { Evaluation, evaluateModelInput } from "#contracts/platform/training.ts";

export const evaluateModel = defineFunction({
  name: "evaluate-model",
  summary: "Runs a model on a test file and says how good it is.",
  task: { input: evaluateModelInput, output: Evaluation },
  buckets: { artifacts: "read", data: "readWrite" },
  duckdb: true,
  onnx: true,
  heavy: true,
  memoryMiB: 3008,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
