import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import type { Rollout, RolloutDecision, RolloutPlan, RolloutReference } from "#contracts/platform/rollout.ts";
import { actorNamed } from "#core/registry/history.ts";
import { conflict, doesNotExist, invalid } from "../errors.ts";
import { type ChangeNote, nextRevision, share, withWeights } from "./endpoint-changes.ts";
import { getEndpoint, resolveVariant } from "./endpoints.ts";
import { decideRollout } from "./rollout-decision.ts";
import type { EndingContext, EndpointContext, ModelReference, ServingContext, WatchingContext } from "./serving-context.ts";

export interface WantedRollout extends ModelReference {
  readonly name: string;
  readonly rolloutId?: string | undefined;
  readonly plan: RolloutPlan;
  readonly reason: string;
}

/** Who ends or steps a rollout, and why. */
export interface Order {
  readonly by: string;
  readonly reason: string;
}

export async function getRollout(ctx: Pick<WatchingContext, "endpoints">, { endpointName, rolloutId }: RolloutReference): Promise<Rollout> {
  const rollout = await ctx.endpoints.findRollout(endpointName, rolloutId);
  if (!rollout) throw doesNotExist(`rollout ${rolloutId} of endpoint ${endpointName} not found`);
  return rollout;
}

/** The one variant with traffic: what a rollout replaces, and returns to. */
function baselineOf({ name, variants }: Endpoint): Variant {
  const serving = variants.filter(({ weight, revoked }) => weight > 0 && !revoked);
  const [baseline] = serving;
  if (!baseline || serving.length > 1)
    throw invalid(
      `endpoint ${name} must have exactly one variant with weight to roll out over, got ${serving.map((variant) => variant.name).join(", ") || "none"}`,
    );
  return baseline;
}

const canaryName = (version: string, baseline: Variant): string => {
  const name = `v${version}`.replaceAll(/[^a-zA-Z0-9-]/g, "-").slice(0, 50);
  return name === baseline.name ? `${name}-canary` : name;
};

/** One change of the endpoint and of its rollout together. */
export async function saveBoth(
  ctx: WatchingContext,
  present: Endpoint,
  fields: Partial<Endpoint>,
  rollout: Rollout,
  note: Omit<ChangeNote, "at" | "rolloutId">,
): Promise<Rollout> {
  const change = nextRevision(present, fields, { ...note, at: ctx.now(), rolloutId: rollout.rolloutId });
  const { rolloutId: _ended, ...free } = change.endpoint;
  const endpoint = rollout.status === "running" ? change.endpoint : free;
  await ctx.endpoints.save({ endpoint, event: change.event, expectedRevision: present.revision, rollout });
  return rollout;
}

const sharing = ({ canary, baseline }: Rollout, weight: number) =>
  new Map([
    [canary, weight],
    [baseline, share(1 - weight)],
  ]);

/**
 * Records a rollout; no traffic moves before its first step is taken. The same id again records nothing new.
 * @throws DomainError when another rollout is under way, or when there is no single variant to replace
 */
export async function recordRollout(ctx: EndpointContext, wanted: WantedRollout, by: string): Promise<Rollout> {
  const { name, plan, reason, rolloutId = ctx.newId(), ...reference } = wanted;
  const known = await ctx.endpoints.findRollout(name, rolloutId);
  if (known) return known;
  const present = await getEndpoint(ctx, name);
  if (present.rolloutId !== undefined) throw conflict(`endpoint ${name} has rollout ${present.rolloutId} under way`);
  const baseline = baselineOf(present);
  const resolved = await resolveVariant(ctx, { ...reference, name: "canary", weight: 0 });
  if (resolved.modelName === baseline.modelName && resolved.modelVersion === baseline.modelVersion)
    throw invalid(`modelVersion must differ from the one that serves, got ${baseline.modelName}/${baseline.modelVersion}`);
  const canary = { ...resolved, name: canaryName(resolved.modelVersion, baseline) };
  const at = ctx.now();
  const rollout: Rollout = {
    rolloutId,
    endpointName: name,
    modelName: canary.modelName,
    modelVersion: canary.modelVersion,
    canary: canary.name,
    baseline: baseline.name,
    plan,
    status: "running",
    reason,
    step: 0,
    startedAt: at,
    stepStartedAt: at,
    pausedMilliseconds: 0,
    startedBy: by,
    decisions: [],
  };
  return saveBoth(ctx, present, { variants: [{ ...baseline, weight: 1 }, canary], rolloutId }, rollout, { by, change: "rolloutStarted", reason });
}

/** Records a rollout and starts the machine that carries it out. A rollout that nobody watches must not stay: without its machine it ends at once. */
export async function startRollout(ctx: ServingContext, wanted: WantedRollout, by: string): Promise<Rollout> {
  const rollout = await recordRollout(ctx, wanted, by);
  if (rollout.status !== "running") return rollout;
  try {
    await ctx.startRolloutMachine({ endpointName: rollout.endpointName, rolloutId: rollout.rolloutId });
    return rollout;
  } catch (error) {
    await endRollout(ctx, rollout, "aborted", { by: rollout.startedBy, reason: "its state machine could not be started" });
    throw error;
  }
}

/** Gives the canary the weight of a step. Safe to repeat; a rollout that has ended or is paused stays as it is. */
export async function takeStep(ctx: WatchingContext, reference: RolloutReference, step: number): Promise<Rollout> {
  const rollout = await getRollout(ctx, reference);
  const weight = rollout.plan.steps[step];
  if (weight === undefined) throw invalid(`step must be from 0 to ${rollout.plan.steps.length - 1}, got ${step}`);
  if (rollout.status !== "running" || rollout.paused || step < rollout.step) return rollout;
  const present = await getEndpoint(ctx, rollout.endpointName);
  const applied = present.variants.find(({ name }) => name === rollout.canary)?.weight === weight;
  if (applied && rollout.step === step) return rollout;
  const next = { ...rollout, step, stepStartedAt: ctx.now() };
  const note = { by: "rollout", change: "rolloutStepped", reason: `step ${step + 1} of ${rollout.plan.steps.length}` } as const;
  return saveBoth(ctx, present, { variants: withWeights(present.variants, sharing(rollout, weight)) }, next, note);
}

/** Of decisions to go on, the last of each step is kept: they would outgrow the record. */
function withDecision(decisions: readonly RolloutDecision[], next: RolloutDecision): RolloutDecision[] {
  const last = decisions.at(-1);
  const replaces = last?.decision === "continue" && last.step === next.step;
  return [...(replaces ? decisions.slice(0, -1) : decisions), next];
}

/** One look: what is to be done, why, and the rollout as it is now. */
export interface Watched {
  readonly decision: RolloutDecision["decision"] | "stopped";
  readonly reason: string;
  readonly rollout: Rollout;
}
const stopped = (rollout: Rollout): Watched => ({ decision: "stopped", reason: rollout.reason, rollout });

/** Looks at a rollout under way, and records what is to be done. A rollout that has ended is `stopped`. */
export async function watchRollout(ctx: WatchingContext, reference: RolloutReference): Promise<Watched> {
  const rollout = await getRollout(ctx, reference);
  if (rollout.status !== "running") return stopped(rollout);
  const [endpoint, minutes] = await Promise.all([
    getEndpoint(ctx, rollout.endpointName),
    ctx.statistics.read(rollout.endpointName, Math.floor(rollout.startedAt / 60_000), Math.floor(ctx.now() / 60_000)),
  ]);
  const revoked = endpoint.variants.find(({ name }) => name === rollout.canary)?.revoked;
  const decided = decideRollout(rollout, minutes, ctx.now());
  const decision: RolloutDecision = revoked
    ? { ...decided, decision: "rollBack", reason: `the canary's model version was revoked: ${revoked.reason}` }
    : decided;
  const next = { ...rollout, decisions: withDecision(rollout.decisions, decision) };
  try {
    await ctx.endpoints.saveRollout(next, endpoint.revision);
  } catch (error) {
    const now = await getRollout(ctx, reference);
    if (now.status === "running") throw error;
    return stopped(now);
  }
  return { decision: decision.decision, reason: decision.reason, rollout: next };
}

async function endRollout(ctx: WatchingContext, rollout: Rollout, status: "promoted" | "rolledBack" | "aborted", { by, reason }: Order): Promise<Rollout> {
  const present = await getEndpoint(ctx, rollout.endpointName);
  const taken = present.rolloutId !== rollout.rolloutId && (present.rolloutId !== undefined || rollout.status === "running");
  const missing = [rollout.canary, rollout.baseline].find((name) => !present.variants.some((variant) => variant.name === name));
  if (taken || missing !== undefined) throw conflict(`endpoint ${present.name} has changed since rollout ${rollout.rolloutId}: set its weights instead`);
  const { paused: _paused, ...known } = rollout;
  const ended: Rollout = { ...known, status, reason, endedAt: ctx.now() };
  const change = { promoted: "rolloutPromoted", rolledBack: "rolloutRolledBack", aborted: "rolloutAborted" } as const;
  const variants = withWeights(present.variants, sharing(rollout, status === "promoted" ? 1 : 0));
  return saveBoth(ctx, present, { variants }, ended, { by, change: change[status], reason });
}

/** Who moves the champion when a rollout ends. */
const actorOf = ({ endpointName, rolloutId }: Rollout, { by }: Order) => ({ ...actorNamed(by), rollout: { endpointName, rolloutId } });

/** Ends a rollout in favour of the canary, and makes its model version the champion. Safe to repeat. @throws DomainError when it ended otherwise */
export async function promoteRollout(ctx: EndingContext, reference: RolloutReference, order: Order): Promise<Rollout> {
  const rollout = await getRollout(ctx, reference);
  if (rollout.status !== "running" && rollout.status !== "promoted") throw conflict(`rollout ${rollout.rolloutId} has ended: ${rollout.status}`);
  const promoted = rollout.status === "promoted" ? rollout : await endRollout(ctx, rollout, "promoted", order);
  await ctx.moveChampion(promoted.modelName, promoted.modelVersion, actorOf(promoted, order));
  return promoted;
}

/** Returns all traffic to the baseline, and after a promotion the alias too. Safe to repeat. */
export async function rollBackRollout(ctx: EndingContext, reference: RolloutReference, order: Order): Promise<Rollout> {
  const rollout = await getRollout(ctx, reference);
  if (rollout.status === "rolledBack" || rollout.status === "aborted") return rollout;
  const ended = await endRollout(ctx, rollout, "rolledBack", order);
  if (rollout.status !== "promoted") return ended;
  const baseline = (await getEndpoint(ctx, ended.endpointName)).variants.find(({ name }) => name === ended.baseline);
  if (baseline) await ctx.moveChampion(baseline.modelName, baseline.modelVersion, actorOf(ended, order));
  return ended;
}

/** Stops a rollout under way; the baseline has all traffic at once. Safe to repeat. @throws DomainError when it ended otherwise */
export async function abortRollout(ctx: WatchingContext, reference: RolloutReference, order: Order): Promise<Rollout> {
  const rollout = await getRollout(ctx, reference);
  if (rollout.status === "aborted") return rollout;
  if (rollout.status !== "running") throw conflict(`rollout ${rollout.rolloutId} has ended: ${rollout.status}`);
  return endRollout(ctx, rollout, "aborted", order);
}
