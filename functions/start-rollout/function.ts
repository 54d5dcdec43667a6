import { defineFunction } from "#contracts/function-spec.ts";
import { StartRolloutInput, StartRolloutOutput } from "#contracts/platform/rollout-tasks.ts";

export const startRollout = defineFunction({
  name: "start-rollout",
  summary: "Brings a model version to an endpoint: as a recorded rollout, or at once where the endpoint is new.",
  task: { input: StartRolloutInput, output: StartRolloutOutput },
  events: true,
  tables: { platform: "readWrite", tracking: "readWrite" },
  buckets: { artifacts: "read" },
});
