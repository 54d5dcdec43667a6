import type { DefinitionStore, Definitions, Kind, Stored } from "./definitions.ts";

/**
 * Definitions kept in memory for a few seconds, for reads of features: a change is seen by then. What does not exist is asked for again each time.
 * @param forMillis how old a kept definition may be
 */
export function cachedDefinitions(definitions: DefinitionStore, now: () => number, forMillis: number): Pick<DefinitionStore, "find"> {
  const kept = new Map<string, { readonly until: number; readonly stored: Stored<Definitions[Kind]> }>();
  return {
    async find<K extends Kind>(kind: K, name: string) {
      const held = kept.get(`${kind} ${name}`);
      if (held && held.until > now()) return held.stored as unknown as Stored<Definitions[K]>;
      const stored = await definitions.find(kind, name);
      if (stored) kept.set(`${kind} ${name}`, { until: now() + forMillis, stored });
      else kept.delete(`${kind} ${name}`);
      return stored;
    },
  };
}
