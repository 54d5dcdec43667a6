import { defineFunction } from "#contracts/function-spec.ts";
import { EndRolloutInput, EndRolloutOutput } from "#contracts/platform/rollout-tasks.ts";

export const promoteRollout = defineFunction({
  name: "promote-rollout",
  summary: "Ends a rollout in favour of the canary, and moves the alias champion.",
  task: { input: EndRolloutInput, output: EndRolloutOutput },
  events: true,
  tables: { platform: "readWrite", tracking: "readWrite" },
});
