import { conflict } from "../errors.ts";
import { applyDefinition, getDefinition } from "./apply-definition.ts";
import { allOf, type Entity, type FeatureContext } from "./definitions.ts";

export type EntityFields = Omit<Entity, "createdAt" | "updatedAt">;

/** Creates an entity, or changes its description, owner and tags. Its key never changes while rows may be stored under it. */
export const putEntity = (ctx: FeatureContext, { name, joinKey, valueType, description, owner, tags }: EntityFields): Promise<Entity> =>
  applyDefinition(ctx, "entity", name, async (before) => {
    if (before && (before.joinKey !== joinKey || before.valueType !== valueType))
      throw conflict(
        `entity ${name} has join key ${before.joinKey} of type ${before.valueType}, which cannot become ${joinKey} of type ${valueType}: delete it first`,
      );
    return { name, joinKey, valueType, description, owner, tags };
  });

/** @throws DomainError where a feature view refers to it, or there is none */
export async function deleteEntity(ctx: FeatureContext, name: string): Promise<Record<string, never>> {
  await getDefinition(ctx, "entity", name);
  const user = (await allOf(ctx.definitions, "view")).find(({ entities }) => entities.includes(name));
  if (user) throw conflict(`entity ${name} is used by feature view ${user.name}: delete that first`);
  await ctx.definitions.remove("entity", name);
  return {};
}
