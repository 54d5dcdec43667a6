import { beforeEach, describe, expect, it } from "vitest";
import { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { featureContract } from "#contracts/platform/features.ts";
import { createHandler as createOnline } from "#functions/feast-online/handler.ts";
import { createHandler } from "#functions/features/handler.ts";
import { call, type Reply } from "#test/support/call.ts";
import { aFeatureStore, type TestFeatureStore } from "#test/support/feature-store.ts";

const row = { driver_id: 1, event_timestamp: "2026-01-31T23:00:00Z", created: "2026-01-31T23:00:01Z", trips: 7, emb: [1, 2.5] };

describe("pushed rows", () => {
  let store: TestFeatureStore;
  let push: (...rows: readonly object[]) => Promise<Reply>;
  let trips: () => Promise<unknown>;

  beforeEach(async () => {
    store = aFeatureStore();
    const [handler, online] = [createHandler(store.ctx), createOnline(store.ctx)];
    await call(handler, featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
    await call(handler, featureContract, "putFeatureView", {
      ...{ name: "stats", entities: ["driver"], ttlSeconds: 86_400 },
      features: [
        { name: "trips", valueType: "INT64" },
        { name: "emb", valueType: "FLOAT_LIST" },
      ],
    });
    push = (...rows) => call(handler, featureContract, "pushFeatureRows", { name: "stats", rows });
    trips = async () =>
      (await call(online, feastOnlineContract, "getOnlineFeatures", { features: ["stats:trips"], entities: { driver_id: [1] } })).body.results[1].values[0];
  });

  it("are served, and kept in a file named by their content and the times of their events", async () => {
    const { status, body } = await push(row);

    expect({ status, body }).toEqual({
      status: 200,
      body: {
        rows: 1,
        written: 1,
        stale: 0,
        uri: expect.stringMatching(/^s3:\/\/data\/features\/pushed\/stats\/id000001\/1769900400_1769900400_[0-9a-f]{64}\.parquet$/),
      },
    });
    expect(await trips()).toBe(7);
  });

  it("change nothing when they come again, online or in the history", async () => {
    const first = await push(row);
    const again = await push(row);

    expect(again.body).toEqual({ ...first.body, written: 0, stale: 1 });
    expect(store.objects.keys()).toHaveLength(1);
  });

  it("reduce to the newest per key before they are written", async () => {
    const { body } = await push(
      { ...row, trips: 1 },
      { ...row, event_timestamp: "2026-01-31T23:30:00+00:30", trips: 2 },
      { ...row, created: "2026-01-31T23:00:02Z", trips: 3 },
    );

    expect(body).toMatchObject({ rows: 3, written: 1, stale: 0 });
    expect(await trips()).toBe(3);
  });

  it("reach the online store on a repeat when a process died between the two stores", async () => {
    const { ctx, objects } = store;
    const dying = createHandler({ ...ctx, online: { ...ctx.online, write: () => Promise.reject(new Error("killed")) } });

    const killed = await call(dying, featureContract, "pushFeatureRows", { name: "stats", rows: [row] });
    const between = await trips();
    const repeated = await push(row);

    expect([killed.status, between, repeated.body.written, objects.keys().length]).toEqual([500, null, 1, 1]);
    expect(await trips()).toBe(7);
  });

  it("are never served when the history did not take them", async () => {
    const { ctx } = store;
    const failing = createHandler({ ...ctx, offline: { append: () => Promise.reject(new Error("no S3")) } });

    await call(failing, featureContract, "pushFeatureRows", { name: "stats", rows: [row] });

    expect(await trips()).toBeNull();
  });

  it.each([
    ["a key", { ...row, driver_id: null }, /^rows\[1\]\.driver_id is required/],
    ["a key of its type", { ...row, driver_id: "x" }, /^rows\[1\]\.driver_id must be INT64, got "x"/],
    ["a feature", { driver_id: 1, event_timestamp: 0, trips: 1 }, /^rows\[1\]\.emb is required/],
    ["whole numbers", { ...row, trips: 1.5 }, /^rows\[1\]\.trips must be INT64, got 1\.5/],
    ["64 bits", { ...row, trips: "9223372036854775808" }, /trips must be INT64/],
    ["a list", { ...row, emb: 3 }, /^rows\[1\]\.emb must be FLOAT_LIST, got 3/],
    ["a time", { ...row, event_timestamp: undefined }, /^rows\[1\]\.event_timestamp must be ISO 8601 or epoch seconds, got nothing/],
    ["a limit to their size", { ...row, emb: Array.from({ length: 50_000 }, () => 1.234567) }, /^rows\[1\] must be at most 390000 bytes as JSON/],
    ["a real date", { ...row, event_timestamp: "2026-02-30T00:00:00Z" }, /event_timestamp must be ISO 8601/],
    ["a past event", { ...row, event_timestamp: "2026-02-01T00:05:01Z" }, /must be at most 5 minutes from now/],
    ["a created time that is one", { ...row, created: "yesterday" }, /^rows\[1\]\.created must be ISO 8601/],
  ])("without %s are refused, and nothing of their batch is written", async (_what, bad, message) => {
    const reply = await push(row, bad);

    expect(reply).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) } });
    expect([store.objects.keys(), await trips()]).toEqual([[], null]);
  });
});
