import { describe, expect, it } from "vitest";
import { featurePreviewContract } from "#contracts/platform/feature-previews.ts";
import { featureContract } from "#contracts/platform/features.ts";
import { createHandler as features } from "#functions/features/handler.ts";
import { createHandler } from "#functions/preview-features/handler.ts";
import { previewJoin } from "#stores/duckdb/preview-join.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { call } from "#test/support/call.ts";
import { aFeatureStore } from "#test/support/feature-store.ts";

const { ctx, objects } = aFeatureStore();
const definitions = features(ctx);
const handler = createHandler({ definitions: ctx.definitions, previews: previewJoin({ objects, files: featureFiles(objects, "data") }, 256) });
const preview = async (fields: Readonly<Record<string, unknown>>) => await call(handler, featurePreviewContract, "previewTrainingSet", fields);

async function aDriverView(): Promise<void> {
  await call(definitions, featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "STRING" });
  await call(definitions, featureContract, "putFeatureView", {
    name: "stats",
    entities: ["driver"],
    ttlSeconds: 86_400,
    features: [
      { name: "trips", valueType: "INT64" },
      { name: "note", valueType: "STRING" },
    ],
  });
  const rows = [
    { driver_id: "007", event_timestamp: "2026-01-01T10:00:00Z", trips: 9_007_199_254_740_993n, note: 'a "b", <img>' },
    { driver_id: "007", event_timestamp: "2026-01-01T12:00:00Z", trips: 2, note: "later" },
  ].map((row) => ({ ...row, trips: String(row.trips) }));
  const pushed = await call(definitions, featureContract, "pushFeatureRows", { name: "stats", rows });
  expect(pushed.status).toBe(200);
}

describe("a point-in-time preview", () => {
  it("gives each row the features as they were at its time, in the rows' order and as exact text, and writes nothing", async () => {
    await aDriverView();
    const before = (await objects.list("data", "")).length;

    const { status, body } = await preview({
      features: ["stats:trips", "stats:note"],
      rows: [
        { driver_id: "007", event_timestamp: "2026-01-01T13:00:00Z", label: "stayed" },
        { driver_id: "007", event_timestamp: "2026-01-01T11:59:59Z", label: null },
        { driver_id: "007", event_timestamp: "2026-01-01T09:00:00Z", label: "left" },
        { driver_id: "7", event_timestamp: "2026-01-01T13:00:00Z", label: "left" },
        { driver_id: "007", event_timestamp: "2026-01-03T13:00:00Z", label: "left" },
      ],
    });

    expect({ status, columns: body.columns }).toEqual({ status: 200, columns: ["driver_id", "event_timestamp", "label", "trips", "note"] });
    expect(body.rows.map((row: readonly unknown[]) => [row[0], row[2], row[3], row[4]])).toEqual([
      ["007", "stayed", "2", "later"],
      ["007", null, "9007199254740993", 'a "b", <img>'],
      ["007", "left", null, null],
      ["7", "left", null, null],
      ["007", "left", null, null],
    ]);
    expect((await objects.list("data", "")).length).toBe(before);
  });

  it.each([
    [{ features: ["stats:trips"], rows: [{ event_timestamp: "2026-01-01T13:00:00Z" }] }, 400, "driver_id"],
    [{ features: ["stats:trips"], rows: [{ driver_id: "1", event_timestamp: "soon" }] }, 400, "event_timestamp"],
    [{ features: ["stats:none"], rows: [{ driver_id: "1", event_timestamp: "2026-01-01T13:00:00Z" }] }, 400, "none"],
    [{ features: ["nowhere:a"], rows: [{ driver_id: "1", event_timestamp: "2026-01-01T13:00:00Z" }] }, 404, "nowhere"],
    [{ features: ["stats:trips"], rows: [] }, 400, "rows"],
    [{ features: ["stats:trips"], rows: Array.from({ length: 101 }, () => ({ driver_id: "1" })) }, 400, "rows"],
    [{ features: ["stats:trips"], rows: [{ a: 1, A: 2 }] }, 400, "differ in case only"],
  ])("refuses %j with %d and says what is wrong", async (fields, status, text) => {
    const reply = await preview(fields);

    expect(reply).toMatchObject({ status, body: { message: expect.stringContaining(text) } });
  });
});
