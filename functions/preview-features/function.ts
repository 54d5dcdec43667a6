import { defineFunction } from "#contracts/function-spec.ts";
import { featurePreviewContract } from "#contracts/platform/feature-previews.ts";

export const previewFeatures = defineFunction({
  name: "preview-features",
  summary: "Joins features to a few rows point in time, to be looked at.",
  contracts: [featurePreviewContract],
  tables: { features: "read" },
  buckets: { data: "read" },
  duckdb: true,
  memoryMiB: 1769,
  ephemeralMiB: 2048,
});
