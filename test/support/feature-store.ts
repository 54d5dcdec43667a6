import type { DefinitionStore, Definitions, FeatureContext, Kind, Stored } from "#core/features/definitions.ts";
import type { FeatureRow } from "#core/features/feature-rows.ts";
import { newestPerKey } from "#core/features/feature-rows.ts";
import type { OnlineStore } from "#core/features/online-store.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { type MemoryObjects, memoryObjects } from "./memory-objects.ts";

/** Definitions in memory, behind the same promises as the table's. */
export function memoryDefinitions(): DefinitionStore {
  const kept = new Map<string, Stored<Definitions[Kind]>>();
  return {
    find: async <K extends Kind>(kind: K, name: string) => kept.get(`${kind}/${name}`) as Stored<Definitions[K]> | undefined,
    async put(kind, definition, revision) {
      const held = kept.get(`${kind}/${definition.name}`);
      if ((held?.revision ?? 0) !== revision) return false;
      kept.set(`${kind}/${definition.name}`, { definition, revision: revision + 1 });
      return true;
    },
    remove: async (kind, name) => void kept.delete(`${kind}/${name}`),
    list: async <K extends Kind>(kind: K, { limit, after = "" }: { readonly limit: number; readonly after?: string | undefined }) =>
      [...kept]
        .filter(([path, { definition }]) => path.startsWith(`${kind}/`) && definition.name > after)
        .map(([, { definition }]) => definition as unknown as Definitions[K])
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .slice(0, limit),
  };
}

/** Online rows in memory: the newest of each key and generation. */
function memoryOnline(): OnlineStore {
  const kept = new Map<string, FeatureRow>();
  return {
    read: async (addresses) => addresses.map(({ view, key }) => kept.get(`${view.name}@${view.generation} ${key}`)),
    async write(view, rows) {
      let written = 0;
      for (const row of rows) {
        const place = `${view.name}@${view.generation} ${row.key}`;
        const held = kept.get(place);
        if (held && newestPerKey([held, row])[0] === held) continue;
        kept.set(place, row);
        written += 1;
      }
      return written;
    },
  };
}

export interface TestFeatureStore {
  readonly ctx: FeatureContext;
  readonly objects: MemoryObjects;
  /** Sets the clock, in ISO 8601. */
  setNow(iso: string): void;
}

/** A feature store in memory whose bucket is `data`; its clock stands at 2026-02-01. */
export function aFeatureStore(): TestFeatureStore {
  const objects = memoryObjects();
  let now = Date.parse("2026-02-01T00:00:00Z");
  let ids = 0;
  return {
    objects,
    setNow: (iso) => {
      now = Date.parse(iso);
    },
    ctx: {
      definitions: memoryDefinitions(),
      online: memoryOnline(),
      offline: featureFiles(objects, "data"),
      now: () => now,
      newId: () => `id${String(++ids).padStart(6, "0")}`,
    },
  };
}
