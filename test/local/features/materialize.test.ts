import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { feastMaterializeContract, feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { featureContract } from "#contracts/platform/features.ts";
import type { MaterializeContext } from "#core/features/materialize.ts";
import { createHandler as createMaterialize } from "#functions/feast-materialize/handler.ts";
import { createHandler as createOnline } from "#functions/feast-online/handler.ts";
import { createHandler as createFeatures } from "#functions/features/handler.ts";
import type { Objects } from "#stores/s3/objects.ts";
import { call } from "#test/support/call.ts";
import { localFeatureStore } from "#test/support/local-feature-store.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { type MemoryObjects, memoryObjects } from "#test/support/memory-objects.ts";

describe("materialization", () => {
  let tables: LocalTables;
  let ctx: MaterializeContext;
  let objects: MemoryObjects;
  let view = "";
  let count = 0;
  const epoch = (iso: string) => Date.parse(iso) / 1000;
  /** Rows that only the history holds. */
  const keep = (...rows: readonly (readonly [driver: number, event: string, trips: number | null])[]) =>
    call(createOnline(ctx), feastOnlineContract, "push", {
      push_source_name: view,
      to: "offline",
      df: {
        driver_id: rows.map(([driver]) => driver),
        event_timestamp: rows.map(([, event]) => event),
        created: rows.map(([, event]) => event),
        trips: rows.map(([, , trips]) => trips),
        seen: rows.map(([, event]) => [epoch(event)]),
        raw: rows.map(() => "AP8="),
      },
    });
  const trips = async (feature = "trips") =>
    (await call(createOnline(ctx), feastOnlineContract, "getOnlineFeatures", { features: [`${view}:${feature}`], entities: { driver_id: [1, 2, 3] } })).body
      .results[1].values;
  const copy = (fields: Readonly<Record<string, unknown>>) =>
    call(createMaterialize(ctx), feastMaterializeContract, "materialize", { feature_views: [view], ...fields });
  const copyNew = (end_ts: string) => call(createMaterialize(ctx), feastMaterializeContract, "materializeIncremental", { end_ts, feature_views: [view] });

  beforeAll(async () => {
    tables = await startLocalTables();
  });
  afterAll(() => tables.stop());
  beforeEach(async () => {
    objects = memoryObjects();
    ctx = localFeatureStore(tables, objects);
    view = `stats_${++count}`;
    const features = createFeatures(ctx);
    await call(features, featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
    await call(features, featureContract, "putFeatureView", {
      ...{ name: view, entities: ["driver"] },
      features: [
        { name: "trips", valueType: "INT64" },
        { name: "seen", valueType: "UNIX_TIMESTAMP_LIST" },
        { name: "raw", valueType: "BYTES" },
      ],
    });
  });

  it("copies the newest row per key of a range, both ends included, every type as it was", async () => {
    await keep(
      [1, "2026-01-01T00:00:00Z", 1],
      [1, "2026-01-02T00:00:00Z", 2],
      [1, "2026-01-03T00:00:00Z", 3],
      [2, "2026-01-01T00:00:00Z", null],
      [3, "2025-12-31T23:59:59Z", 9],
    );

    const { status, body } = await copy({ start_ts: "2026-01-01T00:00:00", end_ts: "2026-01-02T00:00:00+00:00" });

    expect({ status, body }).toEqual({ status: 200, body: null });
    expect(await trips()).toEqual([2, null, null]);
    expect(await trips("seen")).toEqual([[epoch("2026-01-02T00:00:00Z")], [epoch("2026-01-01T00:00:00Z")], null]);
    expect(await trips("raw")).toEqual(["AP8=", "AP8=", null]);
  });

  it("copies rows that arrive late, but never over newer ones", async () => {
    await keep([1, "2026-01-05T00:00:00Z", 5]);
    await copyNew("2026-01-10T00:00:00Z");
    await keep([1, "2026-01-04T00:00:00Z", 4], [2, "2026-01-01T00:00:00Z", 7]);

    await copyNew("2026-01-11T00:00:00Z");

    expect(await trips()).toEqual([5, 7, null]);
  });

  it("does not forget rows that were later than the end of the time before", async () => {
    await keep([1, "2026-01-05T00:00:00Z", 5], [2, "2026-01-20T00:00:00Z", 7]);
    await copyNew("2026-01-10T00:00:00Z");
    const before = await trips();

    await copyNew("2026-01-21T00:00:00Z");

    expect([before, await trips()]).toEqual([
      [5, null, null],
      [5, 7, null],
    ]);
  });

  it("reads a file once, and again only while it is less than an hour older than the newest", async () => {
    const writtenAt = new Map<string, number>();
    const downloads: number[] = [];
    const dated: Objects = {
      ...objects,
      list: async (bucket, prefix) => (await objects.list(bucket, prefix)).map((found) => ({ ...found, modifiedAt: writtenAt.get(found.key) ?? 0 })),
      download: async (address, file) => {
        downloads.push((writtenAt.get(address.key) ?? 0) / 60_000);
        await objects.download(address, file);
      },
    };
    ctx = localFeatureStore(tables, dated);
    for (const [index, minute] of [10, 30, 90].entries()) {
      await keep([index + 1, "2026-01-01T00:00:00Z", minute]);
      const key = objects.keys().find((known) => !writtenAt.has(known)) ?? "";
      writtenAt.set(key, minute * 60_000);
      if (minute !== 10) await copyNew("2026-01-02T00:00:00Z");
    }
    await copyNew("2026-01-02T00:00:00Z");

    expect(await trips()).toEqual([10, 30, 90]);
    expect(downloads.toSorted((a, b) => a - b)).toEqual([10, 10, 30, 30, 30, 90, 90]);
  });

  it("refuses an unknown view and a time that is none, in Feast's form", async () => {
    const unknown = await copy({ feature_views: ["nope"] });
    const wrong = await copyNew("soon");

    expect([unknown.status, JSON.parse(unknown.body).class]).toEqual([404, "FeatureViewNotFoundException"]);
    expect([wrong.status, JSON.parse(wrong.body).message]).toEqual([400, "end_ts must be ISO 8601, got soon"]);
  });
});
