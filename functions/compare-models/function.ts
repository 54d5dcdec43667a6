import { defineFunction } from "#contracts/function-spec.ts";
import { compareModelsInput, compareModelsOutput } from "#contracts/platform/training.ts";

export const compareModels = defineFunction({
  name: "compare-models",
  summary: "Says whether a candidate is better than the champion on the same test rows.",
  task: { input: compareModelsInput, output: compareModelsOutput },
  buckets: { data: "read" },
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 300,
});
