import { defineFunction } from "#contracts/function-spec.ts";
import { ValidateInput, ValidateOutput } from "#contracts/platform/dataset-tasks.ts";
import { cacheableInput, cacheableOutput } from "#contracts/platform/step-cache.ts";

export const validateDataset = defineFunction({
  name: "validate-dataset",
  summary: "Holds ingested data against a contract. A broken one fails the step as DataContractViolation, with the report stored.",
  task: { input: cacheableInput(ValidateInput), output: cacheableOutput(ValidateOutput) },
  tables: { platform: "readWrite" },
  buckets: { data: "readWrite" },
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
