import { RolloutReference } from "#contracts/platform/rollout.ts";
import { defineMachine } from "../machine.ts";

/** A model version taking over an endpoint, step by step and watched. */
export const rollout = defineMachine({
  name: "rollout",
  summary: "Canary: gives a variant its share, bakes, looks at the guardrails, goes on; promotes behind the last step, rolls back after any trouble.",
  definition: new URL("./definition.asl.json", import.meta.url),
  input: RolloutReference,
  tasks: {
    StepRollout: "step-rollout",
    WatchRollout: "watch-rollout",
    PromoteRollout: "promote-rollout",
    RollBackRollout: "roll-back-rollout",
  },
});
