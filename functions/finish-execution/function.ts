import { defineFunction } from "#contracts/function-spec.ts";
import { FinishInput, FinishOutput } from "#contracts/platform/pipeline-tasks.ts";

export const finishExecution = defineFunction({
  name: "finish-execution",
  summary: "Ends an execution: its document, its run, its slot, its event.",
  task: { input: FinishInput, output: FinishOutput },
  tables: { platform: "readWrite", tracking: "readWrite" },
  events: true,
});
