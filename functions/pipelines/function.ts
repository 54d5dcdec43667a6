import { defineFunction } from "#contracts/function-spec.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { schemaContract } from "#contracts/platform/schemas.ts";

export const pipelines = defineFunction({
  name: "pipelines",
  summary: "Starts, lists, retries and stops executions of the training pipeline; approves and rejects versions; describes requests.",
  contracts: [pipelineContract, schemaContract],
  tables: { platform: "readWrite", tracking: "readWrite" },
  machines: ["training"],
  stepLogs: true,
  retries: true,
  events: true,
});
