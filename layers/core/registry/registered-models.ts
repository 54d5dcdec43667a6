import { changeModel, existingModel, nameTaken, withEntry } from "./change-model.ts";
import type { ModelVersion, RegisteredModel, RegistryContext, RegistryWriteContext } from "./registry.ts";

export interface NewModel {
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export const tagMap = (tags: NewModel["tags"]): ReadonlyMap<string, string> => new Map(tags.map(({ key, value }) => [key, value]));

/** An empty description is none. */
export const descriptionOf = (text: string | undefined): { readonly description?: string } => (text === undefined || text === "" ? {} : { description: text });
export function withDescription<T extends { readonly description?: string }>({ description: _former, ...rest }: T, text: string | undefined) {
  return { ...rest, ...descriptionOf(text) };
}
export function withoutTag(tags: ReadonlyMap<string, string>, key: string): ReadonlyMap<string, string> {
  const left = new Map(tags);
  left.delete(key);
  return left;
}

/** @throws DomainError when the name is taken */
export async function createModel(ctx: RegistryWriteContext, { name, description, tags }: NewModel): Promise<RegisteredModel> {
  const now = ctx.now();
  const after: RegisteredModel = {
    id: ctx.newId(),
    name,
    revision: ctx.newId(),
    ...descriptionOf(description),
    tags: tagMap(tags),
    aliases: new Map(),
    latest: new Map(),
    nextVersion: 1,
    createdAt: now,
    updatedAt: now,
    versionsUpdatedAt: 0,
    changes: 0,
  };
  if ((await ctx.registry.commit(withEntry(ctx, { after }))) !== "committed") throw nameTaken(name);
  return after;
}

/** The highest version of each stage, lowest number first. Costs no read beyond the model unless a version is large. */
export async function latestVersions({ registry }: RegistryContext, model: RegisteredModel): Promise<readonly ModelVersion[]> {
  const latest = [...model.latest.values()];
  const copies = latest.flatMap(({ copy }) => copy ?? []);
  const absent = latest.filter(({ copy }) => copy === undefined).map(({ version }) => version);
  const found = absent.length === 0 ? [] : await registry.findVersions(model.id, absent);
  return [...copies, ...found].sort((a, b) => a.version - b.version);
}

export const renameModel = (ctx: RegistryWriteContext, name: string, newName: string): Promise<RegisteredModel> =>
  changeModel(ctx, name, (before) => {
    if (newName === name) return { result: before };
    const now = ctx.now();
    const model = { ...before, name: newName, updatedAt: now, versionsUpdatedAt: now };
    return { change: { model }, result: model };
  });

export const describeModel = (ctx: RegistryWriteContext, name: string, description: string | undefined): Promise<RegisteredModel> =>
  changeModel(ctx, name, (before) => {
    const model = { ...withDescription(before, description), updatedAt: ctx.now() };
    return { change: { model }, result: model };
  });

export const setModelTag = (ctx: RegistryWriteContext, name: string, key: string, value: string): Promise<void> =>
  changeModel(ctx, name, (before) =>
    before.tags.get(key) === value
      ? { result: undefined }
      : { change: { model: { ...before, tags: new Map([...before.tags, [key, value]]) } }, result: undefined },
  );

export const deleteModelTag = (ctx: RegistryWriteContext, name: string, key: string): Promise<void> =>
  changeModel(ctx, name, (before) =>
    before.tags.has(key) ? { change: { model: { ...before, tags: withoutTag(before.tags, key) } }, result: undefined } : { result: undefined },
  );

/** Removes a model and all of its versions. @throws DomainError when there is none */
export async function deleteModel(ctx: RegistryContext, name: string): Promise<void> {
  while (!(await ctx.registry.remove(await existingModel(ctx, name)))) {
    // Someone changed the model meanwhile: read it again, until it is removed or gone.
  }
}
