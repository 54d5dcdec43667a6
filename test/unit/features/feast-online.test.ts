import { beforeEach, describe, expect, it } from "vitest";
import { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { featureContract } from "#contracts/platform/features.ts";
import { createHandler } from "#functions/feast-online/handler.ts";
import { createHandler as createFeatures } from "#functions/features/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { call } from "#test/support/call.ts";
import { aFeatureStore, type TestFeatureStore } from "#test/support/feature-store.ts";

const valueTypes = { d: "DOUBLE", f: "FLOAT", i: "INT64", s: "STRING", b: "BOOL", y: "BYTES", t: "UNIX_TIMESTAMP", l: "DOUBLE_LIST" };
const none = { d: [null], f: [null], i: [null], s: [null], b: [null], y: [null], t: [null], l: [null] };

describe("Feast's feature server", () => {
  let store: TestFeatureStore;
  let handler: HttpHandler;
  const ask = (operation: keyof typeof feastOnlineContract.routes, fields: Readonly<Record<string, unknown>>) =>
    call(handler, feastOnlineContract, operation, fields);
  const text = async (fields: Readonly<Record<string, unknown>>) => {
    const response = await handler({
      ...{ method: "POST", path: "/get-online-features", query: new URLSearchParams(), headers: {}, requestId: "r", principal: "p" },
      body: (async function* () {
        yield Buffer.from(JSON.stringify(fields));
      })(),
    });
    return response.body as string;
  };
  const write = (row: Readonly<Record<string, readonly unknown[]>>) =>
    ask("writeToOnlineStore", {
      feature_view_name: "stats",
      df: { driver_id: [1], event_timestamp: ["2026-01-31T23:00:00.5"], created: [null], ...none, ...row },
    });

  beforeEach(async () => {
    store = aFeatureStore();
    handler = createHandler(store.ctx);
    const features = createFeatures(store.ctx);
    await call(features, featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
    await call(features, featureContract, "putEntity", { name: "city", joinKey: "city", valueType: "STRING" });
    await call(features, featureContract, "putFeatureView", {
      ...{ name: "stats", entities: ["driver"], ttlSeconds: 7200, pushSource: "driver_push" },
      features: Object.entries(valueTypes).map(([name, valueType]) => ({ name, valueType })),
    });
    await call(features, featureContract, "putFeatureView", { name: "route", entities: ["driver", "city"], features: [{ name: "d", valueType: "DOUBLE" }] });
  });

  it("answers join keys first, then features in the order asked for, each row in its place", async () => {
    await write({ d: [0.5], i: [7] });

    const { status, body } = await ask("getOnlineFeatures", {
      features: ["stats:i", "stats@latest:d"],
      entities: { driver_id: ["1", 9, 1], unknown: [0, 0, 0] },
    });

    expect(status).toBe(200);
    expect(body).toEqual({
      metadata: { feature_names: ["driver_id", "i", "d"] },
      results: [
        { values: [1, 9, 1], statuses: ["PRESENT", "PRESENT", "PRESENT"], event_timestamps: Array.from({ length: 3 }, () => "1970-01-01T00:00:00Z") },
        ...[7, 0.5].map((value) => ({
          values: [value, null, value],
          statuses: ["PRESENT", "NOT_FOUND", "PRESENT"],
          event_timestamps: ["2026-01-31T23:00:00.500Z", "1970-01-01T00:00:00Z", "2026-01-31T23:00:00.500Z"],
        })),
      ],
    });
  });

  it("tells a stored null from a row past its time to live, whose value it withholds", async () => {
    await write({ d: [0.5] });
    const asked = { features: ["stats:d", "stats:i"], entities: { driver_id: [1] } };

    const fresh = await ask("getOnlineFeatures", asked);
    store.setNow("2026-02-01T01:00:00.500Z");
    const atTheEdge = await ask("getOnlineFeatures", asked);
    store.setNow("2026-02-01T01:00:00.501Z");
    const old = await ask("getOnlineFeatures", asked);

    expect(fresh.body.results.slice(1).map(({ statuses }: { statuses: string[] }) => statuses[0])).toEqual(["PRESENT", "NULL_VALUE"]);
    expect(atTheEdge.body.results[1].statuses).toEqual(["PRESENT"]);
    expect(old.body.results[1]).toEqual({ values: [null], statuses: ["OUTSIDE_MAX_AGE"], event_timestamps: ["2026-01-31T23:00:00.500Z"] });
  });

  it("writes each type so that the client reads it back as one", async () => {
    await write({ d: [3], f: [0.1], i: ["9007199254740993"], s: ["ü"], b: [true], y: ["AP8="], t: ["2026-01-01T00:00:00Z"], l: [[1, "NaN", "-Infinity"]] });

    const reply = await text({ features: Object.keys(valueTypes).map((name) => `stats:${name}`), entities: { driver_id: [1] } });

    const values = [...reply.matchAll(/"values":\[(.*?)\],"statuses"/g)].map(([, value]) => value);
    expect(values).toEqual(["1", "3.0", "0.10000000149011612", "9007199254740993", '"ü"', "true", '"AP8="', "1767225600", '[1.0,"NaN","-Infinity"]']);
  });

  it("prefixes names and names the views when asked to", async () => {
    const { body } = await ask("getOnlineFeatures", {
      ...{ features: ["stats:d", "route:d"], full_feature_names: true, include_feature_view_version_metadata: true },
      entities: { driver: [1], city: ["x"] },
    });

    expect(body.metadata).toEqual({
      feature_names: ["driver_id", "city", "stats__d", "route__d"],
      feature_view_metadata: [{ name: "stats" }, { name: "route" }],
    });
  });

  it.each([
    ["an unknown view", { features: ["nope:d"], entities: { driver_id: [1] } }, 404, "FeatureViewNotFoundException", /nope/],
    ["an unknown service", { feature_service: "nope", entities: { driver_id: [1] } }, 404, "FeatureServiceNotFoundException", /nope/],
    ["an unknown feature", { features: ["stats:nope"], entities: { driver_id: [1] } }, 400, "FeastError", /feature nope is not in/],
    ["two columns of one name", { features: ["stats:d", "route:d"], entities: { driver_id: [1], city: ["x"] } }, 400, "FeatureNameCollisionError", /column d/],
    ["part of a key", { features: ["route:d"], entities: { driver_id: [1] } }, 400, "FeastError", /entities\.city is required/],
    ["no entities", { features: ["stats:d"], entities: {} }, 400, "FeastError", /at least one join key/],
    ["lists of two lengths", { features: ["stats:d"], entities: { driver_id: [1], city: [] } }, 400, "FeastError", /lists of one length/],
    ["a key of another type", { features: ["stats:d"], entities: { driver_id: ["x"] } }, 400, "FeastError", /entities\.driver_id\[0\] must be INT64/],
    ["too many rows", { features: ["stats:d"], entities: { driver_id: Array.from({ length: 10_001 }, () => 1) } }, 400, "FeastError", /at most 10000 rows/],
  ])("refuses %s with the exception that the client rebuilds", async (_what, fields, status, exception, message) => {
    const reply = await ask("getOnlineFeatures", fields);

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body)).toEqual({ module: "feast.errors", class: exception, message: expect.stringMatching(message) });
  });

  it("reads nothing for a null key, and answers requests without rows", async () => {
    expect((await ask("getOnlineFeatures", { features: ["stats:d"], entities: { driver_id: [null] } })).body.results[1].statuses).toEqual(["NOT_FOUND"]);
    expect((await ask("getOnlineFeatures", { features: ["stats:d"], entities: { driver_id: [] } })).body.results[1].values).toEqual([]);
  });

  it("pushes to the store that is named, and refuses a source that no view has", async () => {
    const df = { driver_id: [1], event_timestamp: [1_769_900_000], ...none, i: [5] };

    const offline = await ask("push", { push_source_name: "driver_push", df, to: "offline" });
    const before = (await ask("getOnlineFeatures", { features: ["stats:i"], entities: { driver_id: [1] } })).body.results[1].values;
    const online = await ask("push", { push_source_name: "driver_push", df });
    const after = (await ask("getOnlineFeatures", { features: ["stats:i"], entities: { driver_id: [1] } })).body.results[1].values;
    const unknown = await ask("push", { push_source_name: "nope", df });

    expect([offline, online].map(({ status, body }) => ({ status, body }))).toEqual([
      { status: 200, body: "" },
      { status: 200, body: "" },
    ]);
    expect([before, after, store.objects.keys().length]).toEqual([[null], [5], 1]);
    expect([unknown.status, JSON.parse(unknown.body).class]).toEqual([422, "PushSourceNotFoundException"]);
  });

  it("sees a changed definition within seconds", async () => {
    const features = createFeatures(store.ctx);
    const asked = { features: ["stats:extra"], entities: { driver_id: [1] } };
    await ask("getOnlineFeatures", { features: ["stats:d"], entities: { driver_id: [1] } });
    await call(features, featureContract, "putFeatureView", { name: "stats", entities: ["driver"], features: [{ name: "extra", valueType: "DOUBLE" }] });

    const early = await ask("getOnlineFeatures", asked);
    store.setNow("2026-02-01T00:00:05Z");
    const later = await ask("getOnlineFeatures", asked);

    expect([early.status, later.status]).toEqual([400, 200]);
  });
});
