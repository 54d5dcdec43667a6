import type { Endpoint, EndpointEvent, Revocation } from "#contracts/platform/endpoint.ts";
import type { Rollout } from "#contracts/platform/rollout.ts";
import { conflict, doesNotExist } from "#core/errors.ts";
import type { Actor } from "#core/registry/registry.ts";
import type { EndpointStore } from "#core/serving/endpoint-store.ts";
import { bucketOf } from "#core/serving/latency-histogram.ts";
import type { ServingContext } from "#core/serving/serving-context.ts";
import type { MinuteCounts, VariantCounts } from "#core/serving/statistics.ts";

/** The endpoint store's promise, in memory. Documents are copied in and out, as a table would. */
export function memoryEndpoints(): EndpointStore {
  const endpoints = new Map<string, Endpoint>();
  const rollouts = new Map<string, Rollout>();
  const events = new Map<string, EndpointEvent[]>();
  const revocations = new Map<string, Revocation>();
  const note = (name: string, event: EndpointEvent) => events.set(name, [event, ...(events.get(name) ?? [])]);
  const key = (endpoint: string, id: string) => `${endpoint} ${id}`;
  const checkOpen = (rollout: Rollout) => {
    const before = rollouts.get(key(rollout.endpointName, rollout.rolloutId))?.status ?? "running";
    if (before !== "running" && !(before === "promoted" && rollout.status === "rolledBack")) throw conflict(`rollout ${rollout.rolloutId} has ended`);
  };
  return {
    find: async (name) => structuredClone(endpoints.get(name)),
    list: async () => structuredClone([...endpoints.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    save: async ({ endpoint, expectedRevision, event, rollout }) => {
      if ((endpoints.get(endpoint.name)?.revision ?? 0) !== expectedRevision)
        throw conflict(`endpoint ${endpoint.name} is no longer at revision ${expectedRevision}, or its rollout has ended`);
      if (rollout) {
        checkOpen(rollout);
        rollouts.set(key(rollout.endpointName, rollout.rolloutId), structuredClone(rollout));
      }
      endpoints.set(endpoint.name, structuredClone(endpoint));
      note(endpoint.name, event);
    },
    remove: async ({ name, revision }, event) => {
      if (endpoints.get(name)?.revision !== revision) throw conflict(`endpoint ${name} is no longer at revision ${revision}`);
      endpoints.delete(name);
      note(name, event);
    },
    events: async (name, limit) => (events.get(name) ?? []).slice(0, limit),
    findRollout: async (endpoint, id) => structuredClone(rollouts.get(key(endpoint, id))),
    rollouts: async (endpoint) =>
      structuredClone([...rollouts.values()].filter(({ endpointName }) => endpointName === endpoint).toSorted((a, b) => b.startedAt - a.startedAt)),
    saveRollout: async (rollout, revision) => {
      if (endpoints.get(rollout.endpointName)?.revision !== revision) throw conflict(`endpoint ${rollout.endpointName} is no longer at revision ${revision}`);
      checkOpen(rollout);
      rollouts.set(key(rollout.endpointName, rollout.rolloutId), structuredClone(rollout));
    },
    revoke: async (digest, revocation) => void revocations.set(digest, revocation),
    revocation: async (digest) => revocations.get(digest),
  };
}

/** Counts of a variant in one minute: so many answers of this latency, and so many failures. */
export const counts = (answers: number, { failures = 0, milliseconds = 10, nullRows = 0 } = {}): VariantCounts => ({
  requests: answers + failures,
  errors: failures,
  refusals: 0,
  rows: answers,
  nullRows,
  latency: new Map([[bucketOf(milliseconds), answers]]),
});

/** Serving on fakes: versions 1 to 9 of model `churn` exist, the clock and the traffic are the test's. */
export function aServingContext(endpoints: EndpointStore = memoryEndpoints()) {
  const state = { now: 1_800_000_000_000, nextId: 0, champion: "", championBy: {} as Partial<Actor>, machineDown: false };
  const traffic: MinuteCounts[] = [];
  const started: string[] = [];
  const ctx: ServingContext = {
    endpoints,
    statistics: { read: async (_endpoint, from, to) => traffic.filter(({ minute }) => minute >= from && minute <= to) },
    resolveModelVersion: async ({ modelName, modelVersion, alias }) => {
      const version = modelVersion ?? (alias === "champion" ? "1" : undefined);
      if (modelName !== "churn" || version === undefined || !/^[1-9]$/.test(version))
        throw doesNotExist(`model version ${modelName}/${modelVersion ?? alias} not found`);
      return { modelName, modelVersion: version, modelUri: `s3://artifacts/churn/${version}`, digest: version.repeat(64) };
    },
    moveChampion: async (modelName, version, actor) => {
      state.champion = `${modelName}/${version}`;
      state.championBy = actor;
    },
    startRolloutMachine: async ({ rolloutId }) => {
      if (state.machineDown) throw new Error("no machine");
      started.push(rolloutId);
    },
    now: () => state.now,
    newId: () => `id-${state.nextId++}`,
  };
  /** A minute of traffic, after which the clock stands at its end. */
  const minute = (variants: Readonly<Record<string, VariantCounts>>) => {
    traffic.push({ minute: Math.floor(state.now / 60_000), variants: new Map(Object.entries(variants)) });
    state.now += 60_000;
  };
  return { ctx, state, traffic, started, minute };
}
