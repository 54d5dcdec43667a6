import { defineFunction } from "#contracts/function-spec.ts";
import { StepRolloutInput, StepRolloutOutput } from "#contracts/platform/rollout-tasks.ts";

export const stepRollout = defineFunction({
  name: "step-rollout",
  summary: "Gives the canary of a rollout the weight of a step.",
  task: { input: StepRolloutInput, output: StepRolloutOutput },
  events: true,
  tables: { platform: "readWrite" },
});
