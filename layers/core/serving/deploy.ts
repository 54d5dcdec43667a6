import type { Rollout, RolloutReference } from "#contracts/platform/rollout.ts";
import { actorNamed } from "#core/registry/history.ts";
import { putEndpoint } from "./endpoints.ts";
import { recordRollout, type WantedRollout } from "./rollouts.ts";
import type { EndpointContext } from "./serving-context.ts";

export interface Deployment extends RolloutReference {
  /** False where there is nothing to watch. */
  readonly watch: boolean;
  readonly status: Rollout["status"];
}

/**
 * Brings a model version to an endpoint: a new endpoint serves it at once, as the champion; one that serves it already stays as it
 * is; over any other a rollout is recorded, for the rollout machine to carry out. Safe to repeat.
 * @param onRollout told of the rollout's id once one is to be watched
 */
export async function deployModelVersion(
  ctx: EndpointContext,
  wanted: WantedRollout & { readonly rolloutId: string; readonly modelVersion: string },
  by: string,
  onRollout: (rolloutId: string) => Promise<void>,
): Promise<Deployment> {
  const { name, rolloutId, modelName, modelVersion, reason } = wanted;
  const reference = { endpointName: name, rolloutId };
  const present = await ctx.endpoints.find(name);
  const serves =
    present?.rolloutId === undefined &&
    present?.variants.some((variant) => variant.weight === 1 && variant.modelName === modelName && variant.modelVersion === modelVersion);
  const known = await ctx.endpoints.findRollout(name, rolloutId);
  if (known && known.status !== "running") return { ...reference, watch: false, status: known.status };
  if (present && !serves) {
    const rollout = await recordRollout(ctx, wanted, by);
    if (rollout.status === "running") await onRollout(rolloutId);
    return { ...reference, watch: rollout.status === "running", status: rollout.status };
  }
  if (!present) {
    const variants = [{ name: "main", weight: 1, modelName, modelVersion }];
    await putEndpoint(ctx, { name, description: "", tags: {}, variants, assignment: { mode: "random" }, captureRate: 1, batching: true, reason }, by);
  }
  await ctx.moveChampion(modelName, modelVersion, actorNamed(by));
  return { ...reference, watch: false, status: "promoted" };
}
