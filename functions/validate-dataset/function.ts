import { defineFunction } from "#contracts/function-spec.ts";
import { ValidateInput, ValidateOutput } from "#contracts/platform/dataset-tasks.ts";

export const validateDataset = defineFunction({
  name: "validate-dataset",
  summary: "Holds ingested data against a contract. A broken one fails the step as DataContractViolation, with the report stored.",
  task: { input: ValidateInput, output: ValidateOutput },
  tables: { platform: "read" },
  buckets: { data: "readWrite" },
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
