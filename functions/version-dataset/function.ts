import { defineFunction } from "#contracts/function-spec.ts";
import { VersionInput, VersionOutput } from "#contracts/platform/dataset-tasks.ts";
import { cacheableInput, cacheableOutput } from "#contracts/platform/step-cache.ts";

export const versionDataset = defineFunction({
  name: "version-dataset",
  summary: "Makes a version of ingested data, divided into train and test where asked. The same content is the same version.",
  task: { input: cacheableInput(VersionInput), output: cacheableOutput(VersionOutput) },
  tables: { platform: "readWrite" },
  buckets: { data: "readWrite" },
  events: true,
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
