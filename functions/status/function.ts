import { defineFunction } from "#contracts/function-spec.ts";
import { statusContract } from "#contracts/platform/status.ts";

export const status = defineFunction({
  name: "status",
  summary: "Tells whether every table and bucket answers.",
  contracts: [statusContract],
  tables: { tracking: "read", features: "read", platform: "read", tokens: "read" },
  buckets: { artifacts: "read", data: "read" },
  memoryMiB: 256,
});
