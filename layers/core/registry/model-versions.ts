import { doesNotExist } from "#core/errors.ts";
import { changeModel, type Decision, existingModel } from "./change-model.ts";
import { descriptionOf, tagMap, withDescription, withoutTag } from "./registered-models.ts";
import type { LatestVersion, ModelVersion, RegisteredModel, RegistryContext, RegistryWriteContext, Stage } from "./registry.ts";
import { type GivenSource, type ResolvedSource, resolveSource } from "./source.ts";

export interface NewVersion extends GivenSource {
  readonly runLink?: string | undefined;
  readonly description?: string | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}
/** A version with the model that it is of: its name and aliases are the model's to tell. */
export interface VersionOfModel {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
}

export const versionNotFound = (name: string, version: number) => doesNotExist(`Model Version (name=${name}, version=${version}) not found`);

/** The highest version of each stage. */
export function latestOf(versions: readonly ModelVersion[]): ReadonlyMap<Stage, LatestVersion> {
  const latest = new Map<Stage, LatestVersion>();
  for (const copy of versions) if (copy.version > (latest.get(copy.stage)?.version ?? 0)) latest.set(copy.stage, { version: copy.version, copy });
  return latest;
}

/** The model with one version more, and that version. */
export function withNewVersion(
  model: RegisteredModel,
  version: Omit<ModelVersion, "version" | "stage" | "createdAt" | "updatedAt">,
  now: number,
): VersionOfModel {
  const added: ModelVersion = { ...version, version: model.nextVersion, stage: "None", createdAt: now, updatedAt: now };
  const latest = new Map(model.latest).set("None", { version: added.version, copy: added });
  return { model: { ...model, nextVersion: model.nextVersion + 1, latest, updatedAt: now }, version: added };
}

/** Adds a version with the next number; also notes it at the logged model that it is made of. */
export async function createVersion(ctx: RegistryWriteContext, name: string, given: NewVersion): Promise<VersionOfModel> {
  const tags = tagMap(given.tags);
  let source: ResolvedSource | undefined;
  const created = await changeModel(ctx, name, async (model): Promise<Decision<VersionOfModel>> => {
    source ??= await resolveSource(ctx, model, { ...given, tags });
    const runLink = given.runLink === undefined ? {} : { runLink: given.runLink };
    const result = withNewVersion(model, { ...source, ...runLink, ...descriptionOf(given.description), tags }, ctx.now());
    return { change: { model: result.model, versions: [{ after: result.version }] }, result };
  });
  const { modelId, version } = created.version;
  // The version exists by now, so a failure here must not make the caller repeat it; MLflow's client notes it once more itself.
  if (modelId !== undefined) await ctx.tracking.noteRegistration(modelId, { name, version }).catch(() => undefined);
  return created;
}

async function versionOf(ctx: RegistryContext, model: RegisteredModel, version: number): Promise<ModelVersion> {
  const [found] = await ctx.registry.findVersions(model.id, [version]);
  if (!found) throw versionNotFound(model.name, version);
  return found;
}

/** @throws DomainError when there is no such model or version */
export async function getVersion(ctx: RegistryContext, name: string, version: number): Promise<VersionOfModel> {
  const model = await existingModel(ctx, name);
  return { model, version: await versionOf(ctx, model, version) };
}

/** Changes one version, and its copy in the model where that is kept. Gives `edit` nothing to do by returning the same version. */
const changeVersion = (ctx: RegistryWriteContext, name: string, version: number, edit: (before: ModelVersion) => ModelVersion): Promise<VersionOfModel> =>
  changeModel(ctx, name, async (model): Promise<Decision<VersionOfModel>> => {
    const before = await versionOf(ctx, model, version);
    const after = edit(before);
    if (after === before) return { result: { model, version: before } };
    const isLatest = model.latest.get(after.stage)?.version === version;
    const changed = isLatest ? { ...model, latest: new Map(model.latest).set(after.stage, { version, copy: after }) } : model;
    return { change: { model: changed, versions: [{ before, after }] }, result: { model: changed, version: after } };
  });

export const describeVersion = (ctx: RegistryWriteContext, name: string, version: number, description: string | undefined): Promise<VersionOfModel> =>
  changeVersion(ctx, name, version, (before) => ({ ...withDescription(before, description), updatedAt: ctx.now() }));

export async function setVersionTag(ctx: RegistryWriteContext, name: string, version: number, key: string, value: string): Promise<void> {
  await changeVersion(ctx, name, version, (before) => (before.tags.get(key) === value ? before : { ...before, tags: new Map([...before.tags, [key, value]]) }));
}

export async function deleteVersionTag(ctx: RegistryWriteContext, name: string, version: number, key: string): Promise<void> {
  await changeVersion(ctx, name, version, (before) => (before.tags.has(key) ? { ...before, tags: withoutTag(before.tags, key) } : before));
}

/** Removes a version and the aliases that point at it. */
export const deleteVersion = (ctx: RegistryWriteContext, name: string, version: number): Promise<void> =>
  changeModel(ctx, name, async (model): Promise<Decision<void>> => {
    const versions = await ctx.registry.listVersions(model.id);
    const before = versions.find((candidate) => candidate.version === version);
    if (!before) throw versionNotFound(name, version);
    const aliases = new Map([...model.aliases].filter(([, target]) => target !== version));
    const latest = latestOf(versions.filter((candidate) => candidate !== before));
    return { change: { model: { ...model, aliases, latest, updatedAt: ctx.now() }, versions: [{ before }] }, result: undefined };
  });
