import { defineFunction } from "#contracts/function-spec.ts";
import { RolloutReference } from "#contracts/platform/rollout.ts";
import { WatchRolloutOutput } from "#contracts/platform/rollout-tasks.ts";

export const watchRollout = defineFunction({
  name: "watch-rollout",
  summary: "Looks at the guardrails of a rollout, and records what is to be done.",
  task: { input: RolloutReference, output: WatchRolloutOutput },
  tables: { platform: "readWrite" },
});
