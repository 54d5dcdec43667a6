import type { RegistryChange } from "#contracts/platform/registry-history.ts";
import { doesNotExist } from "#core/errors.ts";
import { versionsOf } from "#core/registry/events.ts";
import { kindOf } from "#core/registry/prompts.ts";
import type { ModelVersion, RegisteredModel, RegistryContext, RegistryTracking } from "#core/registry/registry.ts";
import type { RegistryStore } from "#core/registry/registry-store.ts";

/** A registry in memory with the promises of {@link RegistryStore}, for tests of rules rather than of storage. */
export function memoryRegistry(): RegistryStore {
  const models = new Map<string, RegisteredModel>();
  const versions = new Map<string, Map<number, ModelVersion>>();
  const entries = new Map<string, RegistryChange[]>();
  const of = (modelId: string) => [...(versions.get(modelId)?.values() ?? [])].toSorted((a, b) => a.version - b.version);
  return {
    find: async (name) => models.get(name),
    findVersions: async (modelId, numbers) => of(modelId).filter(({ version }) => numbers.includes(version)),
    listVersions: async (modelId) => of(modelId),
    listModels: async (kind) => [...models.values()].filter((model) => kindOf(model) === kind),
    listAllVersions: async (kind) =>
      [...versions.keys()].flatMap((modelId) =>
        of(modelId)
          .filter((version) => kindOf(version) === kind)
          .map((version) => ({ ...version, registeredModelId: modelId })),
      ),
    async history(modelId, { version, before = Number.POSITIVE_INFINITY, limit }) {
      const newest = (entries.get(modelId) ?? []).filter(({ number }) => number < before).toReversed();
      if (version === undefined) return newest.slice(0, limit);
      const own = newest.map((entry) => ({ ...entry, events: entry.events.filter((event) => versionsOf(event).includes(version)) }));
      return own.filter(({ events }) => events.length > 0).slice(0, limit);
    },
    async commit({ before, after, versions: changes = [], entry }) {
      if (before?.name !== after.name && models.has(after.name)) return "nameTaken";
      if (before && models.get(before.name)?.revision !== before.revision) return "conflict";
      if (before) models.delete(before.name);
      models.set(after.name, after);
      const own = versions.get(after.id) ?? new Map<number, ModelVersion>();
      versions.set(after.id, own);
      for (const change of changes) {
        if (change.before) own.delete(change.before.version);
        if (change.after) own.set(change.after.version, change.after);
      }
      if (entry) entries.set(after.id, [...(entries.get(after.id) ?? []), entry]);
      return "committed";
    },
    async remove(model) {
      if (models.get(model.name)?.revision !== model.revision) return false;
      models.delete(model.name);
      return versions.delete(model.id) || true;
    },
  };
}

export const runId = "0".repeat(31).concat("1");
export const loggedModelId = `m-${"0".repeat(31)}2`;

/** One run and one logged model, and what was noted at the latter. */
export function tracked(noted: unknown[] = []): RegistryTracking {
  return {
    async artifactUriOfRun(id) {
      if (id !== runId) throw doesNotExist(`Run with id=${id} not found`);
      return `mlflow-artifacts:/1/${runId}/artifacts`;
    },
    async findLoggedModel(id) {
      if (id !== loggedModelId) throw doesNotExist(`Logged model with ID '${id}' not found.`);
      return { artifactUri: `mlflow-artifacts:/1/models/${loggedModelId}/artifacts`, sourceRunId: runId };
    },
    noteRegistration: async (modelId, registration) => void noted.push([modelId, registration]),
  };
}

export interface TestRegistry extends RegistryContext {
  /** What was noted at logged models. */
  readonly noted: unknown[];
}

/** A context whose clock ticks once a reading and whose ids count up. */
export function aRegistryContext(overrides: Partial<RegistryContext> = {}): TestRegistry {
  const noted: unknown[] = [];
  let time = 1000;
  let id = 0;
  return {
    registry: memoryRegistry(),
    tracking: tracked(noted),
    now: () => ++time,
    newId: () => String(++id).padStart(32, "0"),
    ...overrides,
    noted,
  };
}
