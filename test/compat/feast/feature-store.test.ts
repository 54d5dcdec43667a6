import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { featureContract } from "#contracts/platform/features.ts";
import { createHandler as createMaterialize } from "#functions/feast-materialize/handler.ts";
import { createHandler as createOnline } from "#functions/feast-online/handler.ts";
import { createHandler as createFeatures } from "#functions/features/handler.ts";
import { call } from "#test/support/call.ts";
import { type LoopbackServer, serveOnLoopback } from "#test/support/http-server.ts";
import { localFeatureStore } from "#test/support/local-feature-store.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { pythonPath } from "#test/support/python.ts";

const script = fileURLToPath(new URL("feature_store.py", import.meta.url));
const driverFeatures = [
  { name: "conv_rate", valueType: "DOUBLE" },
  { name: "acc", valueType: "FLOAT" },
  { name: "trips", valueType: "INT64" },
  { name: "city_name", valueType: "STRING" },
  { name: "active", valueType: "BOOL" },
  { name: "emb", valueType: "DOUBLE_LIST" },
  { name: "last_seen", valueType: "UNIX_TIMESTAMP" },
];

describe("Feast's own client with online_store: remote", () => {
  let tables: LocalTables;
  let server: LoopbackServer;
  let folder: string;
  // biome-ignore lint/suspicious/noExplicitAny: what the client saw, looked into below
  let seen: any;

  beforeAll(async () => {
    tables = await startLocalTables();
    const ctx = localFeatureStore(tables);
    const [features, online, materialize] = [createFeatures(ctx), createOnline(ctx), createMaterialize(ctx)];
    server = await serveOnLoopback((request) => (request.path.startsWith("/materialize") ? materialize : online)(request));
    folder = await mkdtemp(join(tmpdir(), "capstan-feast-"));
    await call(features, featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
    await call(features, featureContract, "putEntity", { name: "city", joinKey: "city", valueType: "STRING" });
    await call(features, featureContract, "putFeatureView", {
      ...{ name: "driver_stats", entities: ["driver"], features: driverFeatures, ttlSeconds: 86_400, pushSource: "driver_push" },
    });
    await call(features, featureContract, "putFeatureView", {
      name: "route_stats",
      entities: ["driver", "city"],
      features: [{ name: "score", valueType: "DOUBLE" }],
    });
    await call(features, featureContract, "putFeatureService", {
      name: "eta",
      features: ["driver_stats:trips", "driver_stats:conv_rate", "route_stats:score"],
    });
    const offlineOnly = {
      driver_id: [2001],
      event_timestamp: [Date.now() / 1000 - 60],
      conv_rate: [1],
      acc: [1],
      trips: [42],
      city_name: ["q"],
      active: [true],
      emb: [[]],
      last_seen: [0],
    };
    await call(online, feastOnlineContract, "push", { push_source_name: "driver_push", df: offlineOnly, to: "offline" });
    const { stdout } = await promisify(execFile)(pythonPath, [script, server.url, folder], { env: { ...process.env, FEAST_USAGE: "False" }, maxBuffer: 1e7 });
    seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  });

  afterAll(async () => {
    await server?.stop();
    await tables?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  it("reads what it pushed, every type as it was", () => {
    expect(seen.pushed).toEqual({
      driver_id: [1001],
      conv_rate: [0.5],
      acc: [1],
      trips: [7],
      city_name: ["zürich"],
      active: [true],
      emb: [[1, 2.5]],
      last_seen: [1_767_225_600],
    });
  });

  it("keeps the newer row when an older one comes later, and takes a newer one", () => {
    expect(seen.after_older_push.trips).toEqual([7]);
    expect(seen.after_newer_write.trips).toEqual([9]);
  });

  it("gets nulls for expired and unknown entities, in the order asked for, with their statuses", () => {
    expect(seen.mixed).toEqual({ driver_id: [1001, 1002, 9999, 1001], trips: [9, null, null, 9] });
    expect(seen.protos[1]).toEqual([1, 4, 3]);
  });

  it("gets full feature names, and the features of a service over two keys", () => {
    expect(seen.full_names).toEqual({ driver_id: [1001], driver_stats__trips: [9] });
    expect(seen.service).toEqual({ driver_id: [1001, 1001], city: ["a b|c", "x"], trips: [9, 9], conv_rate: [0.5, 0.5], score: [0.25, null] });
  });

  it("raises Feast's own exception for an unknown view, and names a missing join key", () => {
    expect(seen.unknown_view).toBe("FeatureViewNotFoundException: feature view nope does not exist");
    expect(seen.missing_key).toMatch(/^FeastError: entities\.city is required/);
  });

  it("materializes what only the history holds", () => {
    expect(seen.materialized.trips).toEqual([42]);
  });
});
