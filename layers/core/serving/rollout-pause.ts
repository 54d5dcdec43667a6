import type { Rollout, RolloutReference } from "#contracts/platform/rollout.ts";
import { conflict } from "../errors.ts";
import { getEndpoint } from "./endpoints.ts";
import { getRollout, type Order, saveBoth } from "./rollouts.ts";
import type { WatchingContext } from "./serving-context.ts";

async function running(ctx: WatchingContext, reference: RolloutReference): Promise<Rollout> {
  const rollout = await getRollout(ctx, reference);
  if (rollout.status !== "running") throw conflict(`rollout ${rollout.rolloutId} has ended: ${rollout.status}`);
  return rollout;
}

/** Keeps a rollout at its step until it is resumed; its guardrails stay in force. Safe to repeat. @throws DomainError when it has ended */
export async function pauseRollout(ctx: WatchingContext, reference: RolloutReference, { by, reason }: Order): Promise<Rollout> {
  const rollout = await running(ctx, reference);
  if (rollout.paused) return rollout;
  const next = { ...rollout, paused: { at: ctx.now(), by, reason } };
  return saveBoth(ctx, await getEndpoint(ctx, rollout.endpointName), {}, next, { by, change: "rolloutPaused", reason });
}

/** Lets a paused rollout go on where it stood: the pause counts neither as baking nor against the deadline. Safe to repeat. @throws DomainError when it has ended */
export async function resumeRollout(ctx: WatchingContext, reference: RolloutReference, { by, reason }: Order): Promise<Rollout> {
  const { paused, ...rollout } = await running(ctx, reference);
  if (!paused) return rollout;
  const took = ctx.now() - paused.at;
  const next = { ...rollout, stepStartedAt: rollout.stepStartedAt + took, pausedMilliseconds: rollout.pausedMilliseconds + took };
  return saveBoth(ctx, await getEndpoint(ctx, rollout.endpointName), {}, next, { by, change: "rolloutResumed", reason });
}
