import { defineFunction } from "#contracts/function-spec.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";

export const endpoints = defineFunction({
  name: "endpoints",
  summary: "Endpoints, their variants, weights, statistics and rollouts.",
  contracts: [endpointContract],
  tables: { platform: "readWrite", tracking: "readWrite" },
  buckets: { artifacts: "read", data: "read" },
  machines: ["rollout"],
  events: true,
  actions: [{ action: "sagemaker:DescribeEndpoint", resource: "arn:*:sagemaker:*:*:endpoint/capstan-*" }],
});
