import { conflict, doesNotExist, invalid } from "../errors.ts";
import { type Definitions, type FeatureContext, type Kind, kindNames, type Stored } from "./definitions.ts";

/** @throws DomainError where there is none */
export async function getDefinition<K extends Kind>(ctx: FeatureContext, kind: K, name: string): Promise<Definitions[K]> {
  const stored = await ctx.definitions.find(kind, name);
  if (!stored) throw doesNotExist(`${kindNames[kind]} ${name} not found`);
  return stored.definition;
}

/** A page of definitions in order of the name; the token is the last name of the page. */
export async function listDefinitions<K extends Kind>(ctx: FeatureContext, kind: K, limit: number, after: string | undefined) {
  const found = await ctx.definitions.list(kind, { limit: limit + 1, after });
  const items = found.slice(0, limit);
  return { items, nextPageToken: found.length > limit ? items.at(-1)?.name : undefined };
}

/** A DynamoDB item holds 400 KB, and a character is up to three bytes. */
const maxCharacters = 130_000;

/** A definition as text, whatever the order of its fields, without its times. */
const content = (definition: object) =>
  JSON.stringify({ ...definition, createdAt: 0, updatedAt: 0 }, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/**
 * Creates or replaces a definition. `next` decides what it becomes, knowing what it is; where that is no change nothing is written.
 * A write that came between is read and decided upon again.
 */
export async function applyDefinition<K extends Kind>(
  ctx: FeatureContext,
  kind: K,
  name: string,
  next: (before: Definitions[K] | undefined) => Promise<Omit<Definitions[K], "createdAt" | "updatedAt">>,
): Promise<Definitions[K]> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const before: Stored<Definitions[K]> | undefined = await ctx.definitions.find(kind, name);
    const now = ctx.now();
    const definition = { ...(await next(before?.definition)), createdAt: before?.definition.createdAt ?? now, updatedAt: now } as unknown as Definitions[K];
    if (before && content(before.definition) === content(definition)) return before.definition;
    if (content(definition).length > maxCharacters)
      throw invalid(`${kindNames[kind]} ${name} must be at most ${maxCharacters} characters as JSON: shorten descriptions and tags`);
    if (await ctx.definitions.put(kind, definition, before?.revision ?? 0)) return definition;
  }
  throw conflict(`${kindNames[kind]} ${name} is being changed by others, read it and repeat`);
}
