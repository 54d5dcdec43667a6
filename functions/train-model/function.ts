import { defineFunction } from "#contracts/function-spec.ts";
import { cacheableInput, cacheableOutput } from "#contracts/platform/step-cache.ts";
import { trainModelInput, trainModelOutput } from "#contracts/platform/training.ts";

export const trainModel = defineFunction({
  name: "train-model",
  summary: "Fits a model to a table and writes it as ONNX in an MLflow model folder.",
  task: { input: cacheableInput(trainModelInput), output: cacheableOutput(trainModelOutput) },
  tables: { platform: "readWrite" },
  buckets: { artifacts: "readWrite", data: "read" },
  duckdb: true,
  heavy: true,
  memoryMiB: 3008,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
