import { defineFunction } from "#contracts/function-spec.ts";
import { WriteCapturesOutput } from "#contracts/platform/monitoring-tasks.ts";
import { LogDelivery } from "#contracts/sagemaker/capture.ts";

export const writeCaptures = defineFunction({
  name: "write-captures",
  summary: "Stores captured predictions that serving functions wrote to their logs; a log subscription delivers them.",
  task: { input: LogDelivery, output: WriteCapturesOutput },
  buckets: { data: "readWrite" },
  memoryMiB: 256,
});
