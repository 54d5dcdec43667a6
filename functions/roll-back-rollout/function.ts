import { defineFunction } from "#contracts/function-spec.ts";
import { EndRolloutInput, EndRolloutOutput } from "#contracts/platform/rollout-tasks.ts";

export const rollBackRollout = defineFunction({
  name: "roll-back-rollout",
  summary: "Ends a rollout: all traffic returns to the baseline.",
  task: { input: EndRolloutInput, output: EndRolloutOutput },
  events: true,
  tables: { platform: "readWrite", tracking: "readWrite" },
});
