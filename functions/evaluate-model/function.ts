import { defineFunction } from "#contracts/function-spec.ts";
import { cacheableInput, cacheableOutput } from "#contracts/platform/step-cache.ts";
import { Evaluation, evaluateModelInput } from "#contracts/platform/training.ts";

export const evaluateModel = defineFunction({
  name: "evaluate-model",
  summary: "Runs a model on a test file and says how good it is.",
  task: { input: cacheableInput(evaluateModelInput), output: cacheableOutput(Evaluation) },
  tables: { platform: "readWrite" },
  buckets: { artifacts: "read", data: "readWrite" },
  duckdb: true,
  onnx: true,
  heavy: true,
  memoryMiB: 3008,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
