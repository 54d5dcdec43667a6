import type { RegistryEvent } from "#contracts/platform/registry-history.ts";
import type { RegisteredModel } from "./registry.ts";
import type { ModelChange, VersionChange } from "./registry-store.ts";

/** Texts of prompts are kept in tags: what they begin with must do. */
const mostCharacters = 200;
/** More than anybody has aliases on a version that is removed; an item holds them for certain. */
const mostEvents = 250;

const shortened = (text: string) => (text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}\u2026` : text);
const keysOf = (...maps: readonly ReadonlyMap<string, unknown>[]) => [...new Set(maps.flatMap((map) => [...map.keys()]))];

type Texts = ReadonlyMap<string, string>;
const tagEvents = (before: Texts, after: Texts, of: { readonly version?: number }): RegistryEvent[] =>
  keysOf(before, after).flatMap((key) => {
    const [from, to] = [before.get(key), after.get(key)];
    if (from === to) return [];
    return { kind: "tagChanged", ...of, key, ...(from !== undefined && { from: shortened(from) }), ...(to !== undefined && { to: shortened(to) }) };
  });

function aliasEvents({ aliases: before }: RegisteredModel, { aliases: after }: RegisteredModel): RegistryEvent[] {
  return keysOf(before, after).flatMap((alias) => {
    const [from, to] = [before.get(alias), after.get(alias)];
    return from === to ? [] : { kind: "aliasMoved", alias, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  });
}

function versionEvents({ before, after }: VersionChange): RegistryEvent[] {
  if (!after) return before ? [{ kind: "versionDeleted", version: before.version }] : [];
  const { version } = after;
  if (!before) return [{ kind: "registered", version }];
  return [
    ...(before.stage === after.stage ? [] : [{ kind: "stageChanged", version, from: before.stage, to: after.stage } as const]),
    ...tagEvents(before.tags, after.tags, { version }),
    ...(before.description === after.description ? [] : [{ kind: "described", version } as const]),
  ];
}

function modelEvents(before: RegisteredModel, after: RegisteredModel): RegistryEvent[] {
  return [
    ...(before.name === after.name ? [] : [{ kind: "modelRenamed", from: before.name, to: after.name } as const]),
    ...tagEvents(before.tags, after.tags, {}),
    ...(before.description === after.description ? [] : [{ kind: "described" } as const]),
    ...aliasEvents(before, after),
  ];
}

/** What happens by a change, as far as it is seen from outside: none where all stays as it is. What a new model or version comes with is no change of it. */
export function eventsOf({ before, after, versions = [] }: Omit<ModelChange, "entry">): RegistryEvent[] {
  const events: RegistryEvent[] = [...versions.flatMap(versionEvents), ...(before ? modelEvents(before, after) : [{ kind: "modelCreated" } as const])];
  return events.slice(0, mostEvents);
}

/** The versions that an event concerns: an alias that moves, the one that loses it and the one that gets it. */
export function versionsOf(event: RegistryEvent): readonly number[] {
  if (event.kind === "aliasMoved") return [event.from, event.to].flatMap((version) => version ?? []);
  return "version" in event && event.version !== undefined ? [event.version] : [];
}
