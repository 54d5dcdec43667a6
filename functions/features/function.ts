import { defineFunction } from "#contracts/function-spec.ts";
import { featureContract } from "#contracts/platform/features.ts";

export const features = defineFunction({
  name: "features",
  summary: "Entities, feature views, feature services, and rows pushed to them.",
  contracts: [featureContract],
  tables: { features: "readWrite" },
  buckets: { data: "readWrite" },
});
