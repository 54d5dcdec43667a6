import { defineFunction } from "#contracts/function-spec.ts";
import { CompactCapturesInput, CompactCapturesOutput } from "#contracts/platform/monitoring-tasks.ts";

export const compactCaptures = defineFunction({
  name: "compact-captures",
  summary: "Turns hours of captured predictions that have ended into Parquet, for the endpoints that are monitored.",
  task: { input: CompactCapturesInput, output: CompactCapturesOutput },
  schedule: { expression: "rate(1 hour)", input: {} },
  tables: { platform: "read" },
  buckets: { data: "readWrite" },
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
