import { defineFunction } from "#contracts/function-spec.ts";
import { AdmitInput, AdmitOutput } from "#contracts/platform/pipeline-tasks.ts";

export const admitExecution = defineFunction({
  name: "admit-execution",
  summary: "Lets an execution begin when its pipeline is free, and makes the run and the logged model it writes to.",
  task: { input: AdmitInput, output: AdmitOutput },
  tables: { platform: "readWrite", tracking: "readWrite" },
  buckets: { artifacts: "read" },
});
