import { conflict, invalid } from "../errors.ts";
import { applyDefinition, getDefinition } from "./apply-definition.ts";
import { allOf, type FeatureContext, type FeatureView } from "./definitions.ts";

export type FeatureViewFields = Omit<FeatureView, "createdAt" | "updatedAt" | "joinKeys" | "generation" | "materializedTo">;

/** The entities' join keys, copied into the view: serving reads one definition, and a view never dangles. */
async function joinKeysOf(ctx: FeatureContext, entities: readonly string[]): Promise<FeatureView["joinKeys"]> {
  const joinKeys: FeatureView["joinKeys"] = [];
  for (const entity of entities) {
    const found = (await ctx.definitions.find("entity", entity))?.definition;
    if (!found) throw invalid(`entities: entity ${entity} does not exist, create it first`);
    if (joinKeys.some(({ name }) => name === found.joinKey))
      throw invalid(`entities: join key ${found.joinKey} is given by two entities, ${entity} is one of them`);
    joinKeys.push({ entity, name: found.joinKey, valueType: found.valueType });
  }
  return joinKeys;
}

/** A name is one column, whatever its case (SQL knows none): of a feature, a join key or a time, and of nothing that readers add. */
function checkColumns({ features, source }: FeatureViewFields, joinKeys: FeatureView["joinKeys"]): void {
  const taken = new Map<string, string>([
    ...["event_timestamp", "created", "file_row_number", "filename", "_tie"].map((column) => [column, "reserved"] as const),
    [source.eventTimestampColumn.toLowerCase(), "the event timestamp column"],
    ...(source.createdTimestampColumn === null ? [] : [[source.createdTimestampColumn.toLowerCase(), "the created timestamp column"] as const]),
  ]);
  if (source.eventTimestampColumn.toLowerCase() === source.createdTimestampColumn?.toLowerCase())
    throw invalid(`source.createdTimestampColumn must differ from eventTimestampColumn, got ${source.createdTimestampColumn} for both`);
  for (const { name } of joinKeys) {
    const other = taken.get(name.toLowerCase());
    if (other !== undefined) throw invalid(`entities: join key ${name} is ${other}`);
    taken.set(name.toLowerCase(), "a join key");
  }
  for (const [index, { name }] of features.entries()) {
    const other = taken.get(name.toLowerCase());
    if (other !== undefined) throw invalid(`features[${index}].name: ${name} is ${other}`);
    taken.set(name.toLowerCase(), "already a feature of the view");
  }
}

/** Rows stored under another key or as another type cannot be read as these. */
const sameRows = (before: FeatureView, joinKeys: FeatureView["joinKeys"], features: FeatureView["features"]) => {
  const typeOf = new Map(before.features.map(({ name, valueType }) => [name, valueType]));
  const keysOf = (keys: FeatureView["joinKeys"]) =>
    keys
      .map(({ name, valueType }) => `${name} ${valueType}`)
      .toSorted()
      .join();
  return keysOf(before.joinKeys) === keysOf(joinKeys) && features.every(({ name, valueType }) => (typeOf.get(name) ?? valueType) === valueType);
};

/**
 * Creates or replaces a feature view. Features may come and go; another type of a feature, or another key, begins a new generation:
 * pushed rows of the old one are no longer read.
 * @throws DomainError naming the field that is wrong
 */
export const putFeatureView = (ctx: FeatureContext, fields: FeatureViewFields): Promise<FeatureView> =>
  applyDefinition(ctx, "view", fields.name, async (before) => {
    const joinKeys = await joinKeysOf(ctx, fields.entities);
    checkColumns(fields, joinKeys);
    const { name, entities, features, ttlSeconds, source, pushSource, description, owner, tags } = fields;
    const kept = before && sameRows(before, joinKeys, features);
    const lost = before && (await removedFeatureInUse(ctx, name, before, features));
    if (lost) throw conflict(lost);
    return {
      ...{ name, entities, features, ttlSeconds, source },
      ...(pushSource !== undefined && { pushSource }),
      ...{ description, owner, tags, joinKeys },
      generation: kept ? before.generation : ctx.newId().slice(0, 8),
      ...(kept && before.materializedTo !== undefined && { materializedTo: before.materializedTo }),
    };
  });

async function removedFeatureInUse(ctx: FeatureContext, view: string, before: FeatureView, features: FeatureView["features"]): Promise<string | undefined> {
  const removed = before.features.map(({ name }) => name).filter((name) => !features.some((feature) => feature.name === name));
  if (removed.length === 0) return undefined;
  const references = new Set(removed.map((name) => `${view}:${name}`));
  for (const service of await allOf(ctx.definitions, "service")) {
    const used = service.features.find((reference) => references.has(reference));
    if (used !== undefined) return `feature ${used} is used by feature service ${service.name}: change that first`;
  }
  return undefined;
}

/** @throws DomainError where a feature service refers to it, or there is none */
export async function deleteFeatureView(ctx: FeatureContext, name: string): Promise<Record<string, never>> {
  await getDefinition(ctx, "view", name);
  const user = (await allOf(ctx.definitions, "service")).find(({ features }) => features.some((reference) => reference.startsWith(`${name}:`)));
  if (user) throw conflict(`feature view ${name} is used by feature service ${user.name}: delete that first`);
  await ctx.definitions.remove("view", name);
  return {};
}
