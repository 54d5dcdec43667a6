import { defineFunction } from "#contracts/function-spec.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";

export const pipelines = defineFunction({
  name: "pipelines",
  summary: "Starts, lists and stops executions of the training pipeline; approves and rejects versions.",
  contracts: [pipelineContract],
  tables: { platform: "readWrite", tracking: "readWrite" },
  machines: ["training"],
  events: true,
});
