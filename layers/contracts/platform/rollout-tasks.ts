import * as z from "zod";
import { endpointName } from "./endpoint.ts";
import { Rollout, RolloutPlan, RolloutReference, rolloutId } from "./rollout.ts";

const status = Rollout.shape.status;

/** `start-rollout`: what a pipeline hands over once a model version is registered and approved. */
export const StartRolloutInput = z.object({
  endpointName,
  rolloutId: rolloutId.describe("The same id again starts nothing new: an execution's own name is a good one."),
  modelName: z.string().min(1),
  modelVersion: z.coerce.string().min(1),
  plan: RolloutPlan.prefault({}),
  reason: z.string().default(""),
  startedBy: z.string().default("pipeline"),
});
/** `watch` is false where there is nothing to watch: the endpoint is new, or serves this version already. */
export const StartRolloutOutput = z.object({ endpointName, rolloutId, watch: z.boolean(), status });

/** The rollout machine's input, and of its tasks. */
export const StepRolloutInput = z.object({ ...RolloutReference.shape, step: z.int().min(0) });
export const EndRolloutInput = z.object({ ...RolloutReference.shape, reason: z.string() });
/** `waitSeconds`: until the next look. */
export const StepRolloutOutput = z.object({ status, step: z.int(), waitSeconds: z.int() });
export const WatchRolloutOutput = z.object({
  decision: z.enum(["continue", "advance", "promote", "rollBack", "stopped"]),
  reason: z.string(),
  status,
  step: z.int(),
  waitSeconds: z.int(),
});
export const EndRolloutOutput = z.object({ endpointName, rolloutId, status, reason: z.string() });
