import { defineFunction } from "#contracts/function-spec.ts";
import { datasetsContract } from "#contracts/platform/datasets.ts";

export const datasets = defineFunction({
  name: "datasets",
  summary: "Datasets, their versions, contracts and uploads.",
  contracts: [datasetsContract],
  tables: { platform: "readWrite" },
  buckets: { data: "readWrite" },
  memoryMiB: 512,
});
