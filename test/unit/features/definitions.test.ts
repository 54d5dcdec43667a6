import { beforeEach, describe, expect, it } from "vitest";
import { featureContract } from "#contracts/platform/features.ts";
import { createHandler } from "#functions/features/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { call } from "#test/support/call.ts";
import { aFeatureStore, type TestFeatureStore } from "#test/support/feature-store.ts";

const trips = { name: "trips", valueType: "INT64" };
const stats = { name: "driver_stats", entities: ["driver"], features: [trips], ttlSeconds: 60 };

describe("definitions of features", () => {
  let store: TestFeatureStore;
  let handler: HttpHandler;
  const ask = (operation: keyof typeof featureContract.routes, fields: Readonly<Record<string, unknown>> = {}) =>
    call(handler, featureContract, operation, fields);

  beforeEach(async () => {
    store = aFeatureStore();
    handler = createHandler(store.ctx);
    await ask("putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
  });

  it("come back as they were given, with defaults, and the same request again changes nothing", async () => {
    const first = await ask("putFeatureView", { ...stats, tags: { b: "2", a: "1" } });
    store.setNow("2026-03-01T00:00:00Z");
    const again = await ask("putFeatureView", { ...stats, tags: { a: "1", b: "2" } });

    expect(first.body.view).toMatchObject({
      ...{ name: "driver_stats", ttlSeconds: 60, source: { eventTimestampColumn: "event_timestamp", createdTimestampColumn: "created" } },
      joinKeys: [{ entity: "driver", name: "driver_id", valueType: "INT64" }],
    });
    expect(again.body).toEqual(first.body);
    expect((await ask("getFeatureView", { name: "driver_stats" })).body).toEqual(first.body);
  });

  it("keep their creation and take changes, and a view its rows while keys and types stay", async () => {
    const { body: before } = await ask("putFeatureView", stats);
    store.setNow("2026-03-01T00:00:00Z");

    const { body: after } = await ask("putFeatureView", { ...stats, ttlSeconds: 0, features: [{ name: "rating", valueType: "DOUBLE" }, trips] });

    expect(after.view).toMatchObject({ ttlSeconds: 0, createdAt: before.view.createdAt, generation: before.view.generation });
    expect(after.view.updatedAt).toBe(Date.parse("2026-03-01T00:00:00Z"));
  });

  it.each([
    ["type of a feature", { features: [{ ...trips, valueType: "STRING" }] }],
    ["key", { entities: ["driver", "city"] }],
  ])("begin a new generation of rows with another %s", async (_what, change) => {
    await ask("putEntity", { name: "city", joinKey: "city", valueType: "STRING" });
    const { body: before } = await ask("putFeatureView", stats);

    const { body: after } = await ask("putFeatureView", { ...stats, ...change });

    expect(after.view.generation).not.toBe(before.view.generation);
  });

  it("are listed by name, in pages", async () => {
    for (const name of ["c", "a", "b"]) await ask("putEntity", { name, joinKey: `${name}_id`, valueType: "STRING" });

    const first = await ask("listEntities", { pageSize: 3 });
    const second = await ask("listEntities", { pageSize: 3, pageToken: first.body.nextPageToken });

    expect(first.body.entities.map(({ name }: { name: string }) => name)).toEqual(["a", "b", "c"]);
    expect(second.body).toEqual({ entities: [expect.objectContaining({ name: "driver" })] });
  });

  it("are deleted only when nothing refers to them", async () => {
    await ask("putFeatureView", stats);
    await ask("putFeatureService", { name: "eta", features: ["driver_stats:trips"] });

    expect(await ask("deleteEntity", { name: "driver" })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining("used by feature view driver_stats") },
    });
    expect(await ask("deleteFeatureView", { name: "driver_stats" })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining("feature service eta") },
    });
    expect(await ask("putFeatureView", { ...stats, features: [{ name: "x", valueType: "BOOL" }] })).toMatchObject({ status: 409 });
    expect(await ask("deleteFeatureService", { name: "eta" })).toMatchObject({ status: 200, body: {} });
    expect((await ask("deleteFeatureView", { name: "driver_stats" })).status).toBe(200);
    expect((await ask("deleteEntity", { name: "driver" })).status).toBe(200);
    expect((await ask("getEntity", { name: "driver" })).status).toBe(404);
    expect((await ask("deleteEntity", { name: "driver" })).status).toBe(404);
  });

  it("refuse another key for an entity", async () => {
    const reply = await ask("putEntity", { name: "driver", joinKey: "driver_id", valueType: "STRING" });

    expect(reply).toMatchObject({
      status: 409,
      body: { error_code: "RESOURCE_CONFLICT", message: expect.stringContaining("cannot become driver_id of type STRING") },
    });
  });

  it.each([
    ["an unknown entity", { entities: ["nope"] }, /^entities: entity nope does not exist/],
    ["one entity twice", { entities: ["driver", "driver"] }, /join key driver_id is given by two entities/],
    ["a feature twice, whatever the case", { features: [trips, { ...trips, name: "Trips" }] }, /^features\[1\]\.name: Trips is already a feature/],
    ["a feature named as a join key", { features: [{ ...trips, name: "driver_id" }] }, /driver_id is a join key/],
    ["a feature named as a time", { features: [{ ...trips, name: "created" }] }, /created is the created timestamp column/],
    ["a reserved name", { features: [{ ...trips, name: "filename" }] }, /filename is reserved/],
    ["two underscores in a row", { features: [{ ...trips, name: "a__b" }] }, /^features\[0\]\.name: must be a letter/],
    ["an unknown type", { features: [{ ...trips, valueType: "INT" }] }, /^features\[0\]\.valueType: /],
    ["no features", { features: [] }, /^features: /],
    ["a negative time to live", { ttlSeconds: -1 }, /^ttlSeconds: .*got -1/],
    ["a prefix that climbs", { source: { prefix: "a/../b/" } }, /^source\.prefix: must be a key prefix/],
    ["a prefix where pushed rows are", { source: { prefix: "features/pushed/" } }, /must not be under features\//],
    ["one column for both times", { source: { eventTimestampColumn: "t", createdTimestampColumn: "T" } }, /must differ from eventTimestampColumn/],
  ])("refuse %s, naming the field", async (_what, change, message) => {
    const reply = await ask("putFeatureView", { ...stats, ...change });

    expect(reply).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringMatching(message) } });
  });

  it.each([
    ["an unknown view", ["nope:trips"], 404, /nope/],
    ["an unknown feature", ["driver_stats:nope"], 400, /feature nope is not in feature view driver_stats, which has trips/],
    ["one feature twice", ["driver_stats:trips", "driver_stats:trips"], 400, /would both be column driver_stats__trips/],
    ["no view", ["trips"], 400, /^features\[0\]: must be like view:feature/],
  ])("refuse a service of %s", async (_what, features, status, message) => {
    await ask("putFeatureView", stats);

    expect(await ask("putFeatureService", { name: "eta", features })).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  });
});
