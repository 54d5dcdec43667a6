import { defineFunction } from "#contracts/function-spec.ts";
import { joinFeaturesInput, joinFeaturesOutput } from "#contracts/platform/feature-tasks.ts";
import { cacheableInput, cacheableOutput } from "#contracts/platform/step-cache.ts";

export const joinFeatures = defineFunction({
  name: "join-features",
  summary: "Makes a training set: joins features to examples as they were at each example's time.",
  task: { input: cacheableInput(joinFeaturesInput), output: cacheableOutput(joinFeaturesOutput) },
  tables: { features: "read", platform: "readWrite" },
  buckets: { data: "readWrite" },
  duckdb: true,
  heavy: true,
  memoryMiB: 3008,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
