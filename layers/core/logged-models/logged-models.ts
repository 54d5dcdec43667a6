import { doesNotExist, invalid } from "#core/errors.ts";
import { getActiveExperiment } from "#core/tracking/experiments.ts";
import type { InfoValue } from "#core/tracking/record.ts";
import { recordId } from "#core/tracking/record-id.ts";
import type { Change } from "#core/tracking/record-store.ts";
import { runNameFrom } from "#core/tracking/run-names.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import { experimentOfModel, getLoggedModel, type LoggedModel, type LoggedModelContext, type LoggedModelStatus, noModel } from "./logged-model.ts";
import { isListed, type Registration, registrationLink } from "./registrations.ts";

export interface NewLoggedModel {
  readonly experimentId: string;
  /** @default a random one */
  readonly name?: string | undefined;
  readonly modelType?: string | undefined;
  readonly sourceRunId?: string | undefined;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

function checkName(name: string): void {
  if (name.trim() === "" || /[/:.%"']/.test(name))
    throw invalid(`name of a logged model must not be empty nor hold any of / : . % " ', got '${name.slice(0, 200)}'`);
  if (name.length > 500) throw invalid(`name of a logged model must be at most 500 characters, got ${name.length}`);
}

/** Begins a logged model, PENDING until it is finalized; a repeat begins another. */
export async function createLoggedModel(ctx: LoggedModelContext, wanted: NewLoggedModel): Promise<LoggedModel> {
  const experiment = await getActiveExperiment(ctx, wanted.experimentId);
  const random = ctx.newId();
  const name = wanted.name ?? runNameFrom(ctx.newId());
  checkName(name);
  const shard = Number.parseInt(random.slice(0, 6), 16) % experiment.shards;
  const modelId = `m-${recordId({ experimentId: experiment.experimentId, shard }, random)}`;
  const now = ctx.now();
  const info = new Map<string, InfoValue>([
    ["name", name],
    ["status", "LOGGED_MODEL_PENDING"],
    ["created", now],
    ["updated", now],
    ...(wanted.modelType ? [["type", wanted.modelType] as const] : []),
    ...(wanted.sourceRunId ? [["run", wanted.sourceRunId] as const] : []),
  ]);
  await ctx.modelNames.add(experiment.experimentId, name, modelId);
  await ctx.models.create(modelId, { info, params: wanted.params, tags: wanted.tags }, { stage: "active", epoch: experiment.epoch });
  return await getLoggedModel(ctx, modelId);
}

/** Changes an active model, and when it was last updated. */
async function change(ctx: TrackingContext, modelId: string, { info = new Map(), ...rest }: Change): Promise<void> {
  const experiment = await experimentOfModel(ctx, modelId);
  const updated = new Map<string, InfoValue>([...info, ["updated", ctx.now()]]);
  const result = await ctx.models.change(modelId, { ...rest, info: updated }, experiment);
  if (result.kind === "paramConflict") {
    const [first] = result.conflicts;
    throw invalid(
      `Changing param values is not allowed. Param with key='${first?.key}' was already logged with value='${first?.old}' for logged model ID='${modelId}'. Attempted logging new value '${first?.given}'.`,
    );
  }
  if (result.kind !== "written") throw noModel(modelId);
}

export async function finalizeLoggedModel(ctx: TrackingContext, modelId: string, status: LoggedModelStatus): Promise<LoggedModel> {
  await change(ctx, modelId, { info: new Map([["status", status]]) });
  return await getLoggedModel(ctx, modelId);
}

export const setLoggedModelTags = (ctx: TrackingContext, modelId: string, tags: ReadonlyMap<string, string>): Promise<void> => change(ctx, modelId, { tags });

export const logLoggedModelParams = (ctx: TrackingContext, modelId: string, params: ReadonlyMap<string, string>): Promise<void> =>
  change(ctx, modelId, { params });

/** @throws DomainError when the model has no such tag */
export async function deleteLoggedModelTag(ctx: TrackingContext, modelId: string, key: string): Promise<void> {
  const { tags } = await getLoggedModel(ctx, modelId);
  if (!tags.has(key)) throw doesNotExist(`No tag with key '${key}' for model with ID '${modelId}'.`);
  await change(ctx, modelId, { tags: new Map([[key, null]]) });
}

/** Marks a model deleted: it is found no more unless asked for with its id. */
export async function deleteLoggedModel(ctx: TrackingContext, modelId: string): Promise<void> {
  const { experimentId } = await experimentOfModel(ctx, modelId);
  const experiment = await ctx.experiments.find(experimentId);
  await change(ctx, modelId, {
    info: new Map<string, InfoValue>([
      ["stage", "deleted"],
      ["epoch", experiment?.epoch ?? 0],
    ]),
  });
}

/**
 * Notes a registered version at the model that it was made of: from then on its tag `mlflow.modelVersions` lists it, as with MLflow's server. Any
 * number may be noted at once, since each is a link of its own. Safe to repeat.
 */
export async function noteRegistration(ctx: TrackingContext, modelId: string, registration: Registration): Promise<void> {
  const { tags } = await getLoggedModel(ctx, modelId);
  if (isListed(tags, registration)) return;
  await change(ctx, modelId, { links: new Map([[registrationLink(registration), ""]]) });
}
