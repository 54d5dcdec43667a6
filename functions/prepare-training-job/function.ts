import { defineFunction } from "#contracts/function-spec.ts";
import { PrepareJobInput, PrepareJobOutput } from "#contracts/platform/script-tasks.ts";

export const prepareTrainingJob = defineFunction({
  name: "prepare-training-job",
  summary: "Keeps the code of a training script and says which job runs it, or finds the model that it made before.",
  task: { input: PrepareJobInput, output: PrepareJobOutput },
  tables: { platform: "readWrite" },
  buckets: { artifacts: "readWrite", data: "read" },
  memoryMiB: 1024,
  timeoutSeconds: 120,
});
