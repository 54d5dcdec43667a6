import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Rollout, RolloutPlan } from "#contracts/platform/rollout.ts";
import { nextRevision } from "#core/serving/endpoint-changes.ts";
import type { EndpointStore } from "#core/serving/endpoint-store.ts";
import { endpointStore, servedEndpoints } from "#stores/dynamodb/serving/endpoints.ts";
import { statisticsStore } from "#stores/dynamodb/serving/statistics.ts";
import { anEndpoint, aVariant } from "#test/support/inference.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { counts, memoryEndpoints } from "#test/support/serving.ts";

let tables: LocalTables;
beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(() => tables.stop());

const variant = aVariant(Buffer.from("model"));
let names = 0;
const event = (revision: number, at = revision) => ({ at, by: "tester", revision, change: "updated" as const, reason: "", weights: {}, models: {} });
const aRollout = (endpointName: string, fields: Partial<Rollout> = {}): Rollout => ({
  rolloutId: "r1",
  endpointName,
  modelName: "churn",
  modelVersion: "2",
  canary: "v2",
  baseline: "main",
  plan: RolloutPlan.parse({}),
  status: "running",
  reason: "",
  step: 0,
  startedAt: 1,
  stepStartedAt: 1,
  pausedMilliseconds: 0,
  startedBy: "tester",
  decisions: [],
  ...fields,
});

describe.each<[string, () => EndpointStore]>([
  ["in memory", memoryEndpoints],
  ["in DynamoDB", () => endpointStore(tables.client, tables.table("platform"))],
])("endpoints %s", (_where, open) => {
  async function stored(fields: object = {}) {
    const store = open();
    const endpoint = anEndpoint([variant], { name: `e${names++}`, ...fields });
    await store.save({ endpoint, expectedRevision: 0, event: event(1) });
    return { store, endpoint };
  }

  it("are found as they were saved, and listed by name", async () => {
    const { store, endpoint } = await stored();

    expect(await store.find(endpoint.name)).toEqual(endpoint);
    expect((await store.list()).filter(({ name }) => name === endpoint.name)).toEqual([endpoint]);
    expect(await store.find("none")).toBeUndefined();
  });

  it("change only from the revision that the change was decided on", async () => {
    const { store, endpoint } = await stored();
    const change = { ...nextRevision(endpoint, { description: "new" }, { at: 2, by: "tester", change: "updated", reason: "" }), expectedRevision: 1 };

    await expect(store.save({ endpoint, expectedRevision: 0, event: event(1) })).rejects.toThrow("is no longer at revision 0");
    const both = await Promise.allSettled([store.save(change), store.save({ ...change, event: event(2, 3) })]);

    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await store.find(endpoint.name)).toMatchObject({ revision: 2, description: "new" });
    expect(await store.events(endpoint.name, 10)).toHaveLength(2);
  });

  it("go, and leave their history", async () => {
    const { store, endpoint } = await stored();

    await expect(store.remove({ ...endpoint, revision: 7 }, event(7))).rejects.toThrow("is no longer at revision 7");
    await store.remove(endpoint, event(1, 5));

    expect(await store.find(endpoint.name)).toBeUndefined();
    expect((await store.list()).filter(({ name }) => name === endpoint.name)).toEqual([]);
    expect((await store.events(endpoint.name, 10)).map(({ at }) => at)).toEqual([5, 1]);
    expect(await store.events(endpoint.name, 1)).toHaveLength(1);
  });

  it("change together with their rollout, or not at all", async () => {
    const { store, endpoint } = await stored();
    const rollout = aRollout(endpoint.name);
    const save = (revision: number, next: Rollout) =>
      store.save({ endpoint: { ...endpoint, revision }, expectedRevision: revision - 1, event: event(revision), rollout: next });

    await save(2, rollout);
    await save(3, { ...rollout, status: "aborted" });

    await expect(save(4, { ...rollout, step: 1 })).rejects.toThrow(/has ended/);
    await expect(store.saveRollout({ ...rollout, step: 1 }, 3)).rejects.toThrow("rollout r1 has ended");
    expect((await store.find(endpoint.name))?.revision).toBe(3);
    expect(await store.findRollout(endpoint.name, "r1")).toMatchObject({ status: "aborted", step: 0 });
  });

  it("let a promotion be rolled back, and list rollouts from the latest", async () => {
    const { store, endpoint } = await stored();
    await store.saveRollout(aRollout(endpoint.name), endpoint.revision);
    await store.saveRollout(aRollout(endpoint.name, { rolloutId: "r2", startedAt: 2 }), endpoint.revision);
    await store.saveRollout(aRollout(endpoint.name, { status: "promoted" }), endpoint.revision);

    await expect(store.saveRollout(aRollout(endpoint.name), endpoint.revision)).rejects.toThrow("has ended");
    await store.saveRollout(aRollout(endpoint.name, { status: "rolledBack" }), endpoint.revision);

    expect((await store.rollouts(endpoint.name)).map(({ rolloutId, status }) => [rolloutId, status])).toEqual([
      ["r2", "running"],
      ["r1", "rolledBack"],
    ]);
  });

  it("remember revocations", async () => {
    const store = open();
    const digest = String(names++).padStart(64, "0");

    expect(await store.revocation(digest)).toBeUndefined();
    await store.revoke(digest, { at: 1, by: "tester", reason: "leak" });

    expect(await store.revocation(digest)).toEqual({ at: 1, by: "tester", reason: "leak" });
  });
});

describe("a server's reads", () => {
  it("cost half a unit for an endpoint of up to 4 KB", async () => {
    const units: number[] = [];
    const counting = new Proxy(tables.client, {
      get: (client, name) =>
        name === "send"
          ? async (command: { input: object }) => {
              Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
              const reply = (await client.send(command as never)) as { ConsumedCapacity?: { CapacityUnits?: number } };
              units.push(reply.ConsumedCapacity?.CapacityUnits ?? Number.NaN);
              return reply;
            }
          : Reflect.get(client, name),
    });
    const store = endpointStore(tables.client, tables.table("platform"));
    await store.save({ endpoint: anEndpoint([variant], { name: "cheap" }), expectedRevision: 0, event: event(1) });

    expect(await servedEndpoints(counting, tables.table("platform")).find("cheap")).toMatchObject({ name: "cheap" });
    expect(units).toEqual([0.5]);
  });
});

describe("statistics", () => {
  it("add up over processes and minutes, and count a repeated write once", async () => {
    const one = statisticsStore(tables.client, tables.table("platform"));
    const two = statisticsStore(tables.client, tables.table("platform"));
    const part = (minute: number, answers: number) => ({ minute, variants: new Map([["main", counts(answers, { failures: 1, milliseconds: answers })]]) });

    await one.write("churn", part(1_000, 5));
    await one.write("churn", part(1_000, 10));
    await one.write("churn", part(1_000, 10));
    await two.write("churn", part(1_000, 20));
    await one.write("churn", part(1_001, 1));
    await one.write("other", part(1_000, 99));

    const minutes = await two.read("churn", 1_000, 1_001);
    expect(minutes.map(({ minute, variants }) => [minute, variants.get("main")?.requests, variants.get("main")?.errors])).toEqual([
      [1_000, 32, 2],
      [1_001, 2, 1],
    ]);
    expect([...(minutes[0]?.variants.get("main")?.latency.values() ?? [])].toSorted((a, b) => a - b)).toEqual([10, 20]);
    expect(await two.read("churn", 1_001, 1_001)).toHaveLength(1);
  });
});
