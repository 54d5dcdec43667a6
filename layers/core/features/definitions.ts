import type * as z from "zod";
import type * as wire from "#contracts/platform/features.ts";
import type { OfflineStore } from "./offline-store.ts";
import type { OnlineStore } from "./online-store.ts";

export type Entity = z.output<typeof wire.Entity>;
export type FeatureView = z.output<typeof wire.FeatureView>;
export type FeatureService = z.output<typeof wire.FeatureService>;

/** The three kinds of definition. */
export interface Definitions {
  readonly entity: Entity;
  readonly view: FeatureView;
  readonly service: FeatureService;
}
export type Kind = keyof Definitions;
export const kindNames: Readonly<Record<Kind, string>> = { entity: "entity", view: "feature view", service: "feature service" };

/** A definition as stored: `revision` counts its writes. */
export interface Stored<T> {
  readonly definition: T;
  readonly revision: number;
}

/** Where definitions are kept, by kind and name. */
export interface DefinitionStore {
  find<K extends Kind>(kind: K, name: string): Promise<Stored<Definitions[K]> | undefined>;
  /** Writes over `revision` (0: there is none yet). @returns false when another write came first */
  put<K extends Kind>(kind: K, definition: Definitions[K], revision: number): Promise<boolean>;
  remove(kind: Kind, name: string): Promise<void>;
  /** In order of the name, those after `after`. */
  list<K extends Kind>(kind: K, page: { readonly limit: number; readonly after?: string | undefined }): Promise<Definitions[K][]>;
}

/** What the feature store's operations stand on. */
export interface FeatureContext {
  readonly definitions: DefinitionStore;
  readonly online: OnlineStore;
  readonly offline: OfflineStore;
  /** Milliseconds since the epoch. */
  now(): number;
  newId(): string;
}

/** Every definition of a kind. */
export async function allOf<K extends Kind>(definitions: DefinitionStore, kind: K): Promise<Definitions[K][]> {
  const all: Definitions[K][] = [];
  for (;;) {
    const page = await definitions.list(kind, { limit: 1000, after: all.at(-1)?.name });
    all.push(...page);
    if (page.length < 1000) return all;
  }
}
