import { alreadyExists, doesNotExist, invalid } from "../errors.ts";
import type { Experiment } from "./experiment.ts";
import type { TrackingContext } from "./tracking.ts";

const defaultId = "0";
/** 500 characters in UTF-16: no experiment has a longer name. */
const longestName = 1000;
const noExperiment = (experimentId: string) => doesNotExist(`No Experiment with id=${experimentId} exists`);

/** @throws DomainError for an id that no experiment can have */
function checkedId(experimentId: string): string {
  if (!/^\d{1,10}$/.test(experimentId)) throw invalid(`Invalid experiment ID '${experimentId}'. Experiment ID must be a valid integer.`);
  return String(Number(experimentId));
}

/** Schemes that an artifact store may have; `runs:` and `models:` only point at other artifacts. */
function checkLocation(location: string): void {
  const [scheme = "", rest = ""] = location.split(/:(.*)/s);
  if (!["mlflow-artifacts", "s3", "file"].includes(scheme)) throw invalid(`artifact_location must begin with mlflow-artifacts:, s3: or file:, got ${location}`);
  if (/[?#]/.test(location)) throw invalid(`artifact_location must have no query and no fragment, got ${location}`);
  if (
    rest
      .replaceAll(/%2e/gi, ".")
      .split(/[/\\]|%2f|%5c/i)
      .includes("..")
  )
    throw invalid(`artifact_location must not hold .., got ${location}`);
}

interface NewExperiment {
  readonly name: string;
  readonly artifactLocation?: string | undefined;
  readonly tags?: ReadonlyMap<string, string>;
}

async function insert(
  ctx: TrackingContext,
  experimentId: string,
  { name, artifactLocation, tags = new Map() }: NewExperiment,
): Promise<Experiment | undefined> {
  const at = ctx.now();
  const experiment: Experiment = {
    experimentId,
    name,
    artifactLocation: artifactLocation ?? `mlflow-artifacts:/${experimentId}`,
    createdAt: at,
    updatedAt: at,
    tags,
    stage: "active",
    epoch: 0,
    shards: 1,
  };
  return (await ctx.experiments.insert(experiment)) ? experiment : undefined;
}

/** The experiment that every client may count on is made when it is first looked for. */
async function ensureDefault(ctx: TrackingContext): Promise<Experiment | undefined> {
  return (await ctx.experiments.find(defaultId)) ?? (await insert(ctx, defaultId, { name: "Default" })) ?? ctx.experiments.find(defaultId);
}

/** @throws DomainError RESOURCE_ALREADY_EXISTS for a name that another experiment has, also a deleted one */
export async function createExperiment(ctx: TrackingContext, wanted: NewExperiment): Promise<Experiment> {
  const location = wanted.artifactLocation === "" ? undefined : wanted.artifactLocation?.replace(/\/+$/, "");
  if (location !== undefined) checkLocation(location);
  if (wanted.name === "Default") await ensureDefault(ctx);
  const taken = await ctx.experiments.findByName(wanted.name);
  const experiment = taken ? undefined : await insert(ctx, await ctx.experiments.nextId(), { ...wanted, artifactLocation: location });
  if (experiment) return experiment;
  const state = taken?.stage === "deleted" ? " in deleted state: restore it, or choose another name" : "";
  throw alreadyExists(`Experiment '${wanted.name}' already exists${state}.`);
}

/** Active or deleted. @throws DomainError RESOURCE_DOES_NOT_EXIST */
export async function getExperiment(ctx: TrackingContext, experimentId: string): Promise<Experiment> {
  const id = checkedId(experimentId);
  const experiment = await (id === defaultId ? ensureDefault(ctx) : ctx.experiments.find(id));
  if (!experiment) throw noExperiment(experimentId);
  return experiment;
}

/** Active or deleted. @throws DomainError RESOURCE_DOES_NOT_EXIST, on which clients go on to create it */
export async function getExperimentByName(ctx: TrackingContext, name: string): Promise<Experiment> {
  const known = name.length <= longestName ? await ctx.experiments.findByName(name) : undefined;
  const experiment = known ?? (name === "Default" ? await ensureDefault(ctx) : undefined);
  if (experiment?.name !== name) throw doesNotExist(`Could not find experiment with name '${name}'`);
  return experiment;
}

/** All experiments, the default one among them. */
export async function listExperiments(ctx: TrackingContext): Promise<readonly Experiment[]> {
  const experiments = await ctx.experiments.list();
  if (experiments.some(({ experimentId }) => experimentId === defaultId)) return experiments;
  await ensureDefault(ctx);
  return ctx.experiments.list();
}

/** @throws DomainError unless the experiment exists and is active */
export async function getActiveExperiment(ctx: TrackingContext, experimentId: string): Promise<Experiment> {
  const experiment = await getExperiment(ctx, experimentId);
  if (experiment.stage === "active") return experiment;
  throw invalid(`The experiment ${experimentId} must be in the 'active' state. Current state is deleted.`);
}

/** Without a name nothing changes. @throws DomainError for a name that is taken, or an experiment that is not active */
export async function renameExperiment(ctx: TrackingContext, experimentId: string, name?: string): Promise<void> {
  const experiment = await getActiveExperiment(ctx, experimentId);
  if (name === undefined || experiment.name === name) return;
  const result = await ctx.experiments.rename(experiment, name, ctx.now());
  if (result === "taken") throw alreadyExists(`Experiment '${name}' already exists.`);
  if (result === "changed") return renameExperiment(ctx, experimentId, name);
}

/** Marks the experiment, and with it all of its runs, deleted or active. @throws DomainError when it is so already */
export async function setExperimentStage(ctx: TrackingContext, experimentId: string, stage: Experiment["stage"]): Promise<void> {
  await getExperiment(ctx, experimentId);
  if (!(await ctx.experiments.change(checkedId(experimentId), { kind: "stage", stage }, ctx.now()))) throw noExperiment(experimentId);
}

export async function setExperimentTag(ctx: TrackingContext, experimentId: string, key: string, value: string): Promise<void> {
  await getActiveExperiment(ctx, experimentId);
  await ctx.experiments.change(checkedId(experimentId), { kind: "tag", key, value }, ctx.now());
}

/** @throws DomainError RESOURCE_DOES_NOT_EXIST when there is no such tag */
export async function deleteExperimentTag(ctx: TrackingContext, experimentId: string, key: string): Promise<void> {
  const { tags } = await getActiveExperiment(ctx, experimentId);
  if (!tags.has(key)) throw doesNotExist(`No tag with name: ${key} in experiment with id ${experimentId}`);
  await ctx.experiments.change(checkedId(experimentId), { kind: "tag", key, value: null }, ctx.now());
}
