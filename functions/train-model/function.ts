import { defineFunction } from "#contracts/function-spec.ts";
import { trainModelInput, trainModelOutput } from "#contracts/platform/training.ts";

export const trainModel = defineFunction({
  name: "train-model",
  summary: "Fits a model to a table and writes it as ONNX in an MLflow model folder.",
  task: { input: trainModelInput, output: trainModelOutput },
  buckets: { artifacts: "readWrite", data: "read" },
  duckdb: true,
  heavy: true,
  memoryMiB: 3008,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
