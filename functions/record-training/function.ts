import { defineFunction } from "#contracts/function-spec.ts";
import { nothing, RecordInput } from "#contracts/platform/pipeline-tasks.ts";

export const recordTraining = defineFunction({
  name: "record-training",
  summary: "Logs a training step to its run and finalizes its logged model.",
  task: { input: RecordInput, output: nothing },
  tables: { tracking: "readWrite" },
});
