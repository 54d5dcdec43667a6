import { defineFunction } from "#contracts/function-spec.ts";
import { IngestInput, IngestOutput } from "#contracts/platform/dataset-tasks.ts";

export const ingestDataset = defineFunction({
  name: "ingest-dataset",
  summary: "Reads CSV, JSON lines or Parquet strictly and keeps it as Parquet, named by its hash.",
  task: { input: IngestInput, output: IngestOutput },
  buckets: { data: "readWrite" },
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
