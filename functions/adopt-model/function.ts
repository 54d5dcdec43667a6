import { defineFunction } from "#contracts/function-spec.ts";
import { AdoptModelInput } from "#contracts/platform/script-tasks.ts";
import { cacheableOutput } from "#contracts/platform/step-cache.ts";
import { trainModelOutput } from "#contracts/platform/training.ts";

export const adoptModel = defineFunction({
  name: "adopt-model",
  summary: "Makes the ONNX model that a training script left one of the platform's, with its signature.",
  task: { input: AdoptModelInput, output: cacheableOutput(trainModelOutput) },
  tables: { platform: "readWrite" },
  buckets: { artifacts: "readWrite", data: "read" },
  duckdb: true,
  onnx: true,
  heavy: true,
  memoryMiB: 3008,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
