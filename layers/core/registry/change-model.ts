import { alreadyExists, DependencyError, doesNotExist } from "#core/errors.ts";
import { eventsOf } from "./events.ts";
import type { RegisteredModel, RegistryContext, RegistryWriteContext } from "./registry.ts";
import type { ModelChange } from "./registry-store.ts";

/** What a decision makes of a model: no `change` when all is as it should be. */
export interface Decision<T> {
  readonly change?: Pick<ModelChange, "versions"> & { readonly model: RegisteredModel };
  readonly result: T;
}

/** Each failed attempt means that another writer's succeeded, so this many rivals at once are served. */
const attempts = 100;

/** @throws DomainError when there is none */
export async function existingModel({ registry }: RegistryContext, name: string): Promise<RegisteredModel> {
  const model = await registry.find(name);
  if (!model) throw doesNotExist(`Registered Model with name=${name} not found`);
  return model;
}

export const nameTaken = (name: string) => alreadyExists(`Registered Model (name=${name}) already exists.`);

/** A change with what the history will tell of it. Its number is the model's to count, so no two changes get the same. */
export function withEntry({ actor, now }: RegistryWriteContext, change: Omit<ModelChange, "entry">): ModelChange {
  const events = eventsOf(change);
  if (events.length === 0) return change;
  const number = (change.before?.changes ?? 0) + 1;
  return { ...change, after: { ...change.after, changes: number }, entry: { number, at: now(), ...actor, events } };
}

/**
 * Reads a model, decides, and commits if nothing has changed since; else begins again. All changes of a model and of its versions
 * go through here, so a decision may rely on all that it has read of them, and nothing is missing in the history.
 */
export async function changeModel<T>(
  ctx: RegistryWriteContext,
  name: string,
  decide: (model: RegisteredModel) => Decision<T> | Promise<Decision<T>>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await existingModel(ctx, name);
    const { change, result } = await decide(before);
    if (!change) return result;
    const after = { ...change.model, revision: ctx.newId() };
    const outcome = await ctx.registry.commit(withEntry(ctx, { before, after, ...(change.versions && { versions: change.versions }) }));
    if (outcome === "committed") return result;
    if (outcome === "nameTaken") throw nameTaken(after.name);
  }
  throw new DependencyError(`registered model ${name} is being changed by too many at once`);
}
