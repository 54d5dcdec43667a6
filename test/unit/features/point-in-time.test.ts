import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { featureContract } from "#contracts/platform/features.ts";
import { createHandler } from "#functions/features/handler.ts";
import { createTask } from "#functions/join-features/handler.ts";
import { pointInTimeJoin } from "#stores/duckdb/point-in-time.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { call } from "#test/support/call.ts";
import { aFeatureStore } from "#test/support/feature-store.ts";

/*
 * Two views and eight examples. driver_fv: key driver_id, two days to live, created times. route_fv: keys driver_id and city, no time to live,
 * no created times. What each example must get, and why:
 */
const expected = [
  { label: "r1 exact boundary: feature ts == entity ts is included", trips: 10, score: 0.1 },
  { label: "r2 latest not after", trips: 10, score: 0.1 },
  { label: "r3 tie on event ts -> later created wins even though created is in the future", trips: 21, score: 0.3 },
  { label: "r4 ttl edge: age == ttl (2 days) is included", trips: 21, score: 0.2 },
  { label: "r5 one second past ttl -> null, other view unaffected", trips: null, score: 0.2 },
  { label: "r6 newest row holds a null value", trips: null, score: 0.4 },
  { label: "r7 only future feature rows -> null", trips: null, score: null },
  { label: "r8 unknown entity -> null, row kept", trips: null, score: null },
];

const { ctx, objects } = aFeatureStore();
const handler = createHandler(ctx);
const joinTask = createTask({
  definitions: ctx.definitions,
  training: pointInTimeJoin(objects, featureFiles(objects, "data"), "data", 256),
  history: async () => [],
});

async function put(key: string, body: Uint8Array | string): Promise<string> {
  await objects.put({ bucket: "data", key }, body);
  return `s3://data/${key}`;
}

/** Rows of an example set, made by SQL, as a Parquet object. */
async function parquet(key: string, sql: string): Promise<string> {
  const bytes = await withDuckDb(async (session) => {
    await session.run("SET TimeZone = 'UTC'");
    await session.run(`COPY (${sql}) TO ${literal(join(session.folder, "rows.parquet"))} (FORMAT parquet)`);
    return readFile(join(session.folder, "rows.parquet"));
  });
  return put(key, bytes);
}

/** Joins and reads the result back. */
async function joined(input: Readonly<Record<string, unknown>>) {
  const result = (await joinTask(input)) as { uri: string; rows: number; columns: string[]; sha256: string };
  const address = { bucket: "data", key: result.uri.replace("s3://data/", "") };
  const rows = await withDuckDb(async (session) => {
    await objects.download(address, join(session.folder, "joined.parquet"));
    await session.run("SET TimeZone = 'UTC'");
    return session.rows(`SELECT * REPLACE (event_timestamp::VARCHAR AS event_timestamp) FROM ${literal(join(session.folder, "joined.parquet"))}`);
  });
  return {
    ...result,
    read: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]))),
  };
}

const both = ["driver_fv:trips", "route_fv:score"];
const driverOnly = ["driver_fv:trips"];

describe("a point-in-time join", () => {
  const file = (name: string) => readFile(new URL(`../../support/data/pit/${name}`, import.meta.url));
  let examples = "";

  beforeAll(async () => {
    await put("sources/driver/a.parquet", await file("driver.parquet"));
    await put("sources/route/a.parquet", await file("route.parquet"));
    examples = await put("examples/entity.parquet", await file("entity.parquet"));
    await call(handler, featureContract, "putEntity", { name: "driver", joinKey: "driver_id", valueType: "INT64" });
    await call(handler, featureContract, "putEntity", { name: "city", joinKey: "city", valueType: "STRING" });
    await call(handler, featureContract, "putFeatureView", {
      ...{ name: "driver_fv", entities: ["driver"], ttlSeconds: 172_800, features: [{ name: "trips", valueType: "INT64" }] },
      source: { prefix: "sources/driver/" },
    });
    await call(handler, featureContract, "putFeatureView", {
      ...{ name: "route_fv", entities: ["driver", "city"], features: [{ name: "score", valueType: "DOUBLE" }] },
      source: { prefix: "sources/route/", createdTimestampColumn: null },
    });
    await call(handler, featureContract, "putFeatureService", { name: "eta", features: both });
  });

  it("gives every example of the reference case exactly its features, in its place", async () => {
    const { read, rows, columns, uri, sha256 } = await joined({ entityRowsUri: examples, features: both });

    expect(read.map(({ label, trips, score }) => ({ label, trips, score }))).toEqual(expected);
    expect({ rows, columns }).toEqual({ rows: 8, columns: ["driver_id", "city", "event_timestamp", "label", "trips", "score"] });
    expect(uri).toBe(`s3://data/features/training/${sha256}.parquet`);
  });

  it("gives the same from CSV, by feature service, and twice under one name", async () => {
    const csv = await put("examples/entity.csv", await file("entity.csv"));

    const once = await joined({ entityRowsUri: csv, featureService: "eta" });
    const again = await joined({ entityRowsUri: csv, featureService: "eta" });

    expect(once.read.map(({ label, trips, score }) => ({ label, trips, score }))).toEqual(expected);
    expect(again.uri).toBe(once.uri);
  });

  it("prefixes columns with their view for full feature names", async () => {
    const { columns } = await joined({ entityRowsUri: examples, features: both, fullFeatureNames: true, entityColumns: ["label"] });

    expect(columns).toEqual(["event_timestamp", "label", "driver_fv__trips", "route_fv__score"]);
  });

  it("leaves out what was not known yet, falling back to what was", async () => {
    const { read } = await joined({ entityRowsUri: examples, features: driverOnly, knowledge: "as_of" });

    expect(read.slice(0, 4).map(({ trips }) => trips)).toEqual([null, 10, 10, 21]);
  });

  it("keeps duplicates, their order, and rows without a key or a time", async () => {
    const rows = await parquet(
      "examples/odd.parquet",
      `SELECT * FROM (VALUES (1::BIGINT, TIMESTAMPTZ '2026-01-02 00:00:00+00', 'b'), (1, TIMESTAMPTZ '2026-01-02 00:00:00+00', 'a'),
        (NULL, TIMESTAMPTZ '2026-01-02 00:00:00+00', 'no key'), (1, NULL, 'no time'), (1, TIMESTAMPTZ '2026-01-01 00:00:00+00', 'older')) t(driver_id, event_timestamp, label)`,
    );

    const { read } = await joined({ entityRowsUri: rows, features: driverOnly });

    expect(read.map(({ label, trips }) => [label, trips])).toEqual([
      ["b", 21],
      ["a", 21],
      ["no key", null],
      ["no time", null],
      ["older", 10],
    ]);
  });

  it.each([
    ["times without a zone, as UTC", "TIMESTAMP '2026-01-01 00:00:00'"],
    ["nanoseconds without a zone", "TIMESTAMP_NS '2026-01-01 00:00:00'"],
    ["text with an offset", "'2025-12-31T16:00:00-08:00'"],
    ["epoch seconds", "1767225600"],
    ["a time of another zone", "TIMESTAMPTZ '2025-12-31 16:00:00-08:00'"],
  ])("takes %s", async (name, time) => {
    const rows = await parquet(`examples/${name}.parquet`, `SELECT 1::INTEGER AS driver_id, ${time} AS event_timestamp`);

    const { read } = await joined({ entityRowsUri: rows, features: driverOnly });

    expect(read).toEqual([{ driver_id: 1, event_timestamp: "2026-01-01 00:00:00+00", trips: 10 }]);
  });

  it("joins pushed rows with those of the source, and the later created of the two wins", async () => {
    const pushed = await call(handler, featureContract, "pushFeatureRows", {
      name: "driver_fv",
      rows: [{ driver_id: 1, event_timestamp: "2026-01-01T00:00:00Z", created: "2026-01-01T06:00:00Z", trips: 11 }],
    });

    const { read } = await joined({ entityRowsUri: examples, features: driverOnly });

    expect(pushed.status).toBe(200);
    expect(read.slice(0, 3).map(({ trips }) => trips)).toEqual([11, 11, 21]);
  });

  it("answers with nulls where a view has no rows at all", async () => {
    await call(handler, featureContract, "putFeatureView", { name: "empty_fv", entities: ["driver"], features: [{ name: "tags", valueType: "STRING_LIST" }] });

    const { read } = await joined({ entityRowsUri: examples, features: ["empty_fv:tags"] });

    expect(read.map(({ tags }) => tags)).toEqual(Array.from({ length: 8 }, () => null));
  });

  it.each([
    [
      "a column of the rows that a feature would repeat",
      { features: ["driver_fv:trips"] },
      "SELECT 1 AS driver_id, now() AS event_timestamp, 3 AS Trips",
      /have a column trips already/,
    ],
    [
      "rows without a join key",
      { features: driverOnly },
      "SELECT 1 AS shop, now() AS event_timestamp",
      /have no column driver_id \(a join key of feature view driver_fv\)/,
    ],
    ["rows without their time", { features: driverOnly }, "SELECT 1 AS driver_id", /have no column event_timestamp/],
    ["a key of another type", { features: driverOnly }, "SELECT 'x' AS driver_id, now() AS event_timestamp", /cannot be read as declared: .*'x'/],
    ["an unknown view", { features: ["nope:trips"] }, "SELECT 1 AS driver_id, now() AS event_timestamp", /feature view nope does not exist/],
    [
      "an unknown feature",
      { features: ["driver_fv:nope"] },
      "SELECT 1 AS driver_id, now() AS event_timestamp",
      /feature nope is not in feature view driver_fv/,
    ],
    ["no features", {}, "SELECT 1 AS driver_id, now() AS event_timestamp", /features is required/],
    [
      "an output elsewhere",
      { features: driverOnly, outputUri: "s3://other/a.parquet" },
      "SELECT 1 AS driver_id, now() AS event_timestamp",
      /outputUri must be in bucket data/,
    ],
  ])("refuses %s", async (name, fields, sql, message) => {
    const entityRowsUri = await parquet(`examples/${name}.parquet`, sql);

    await expect(joinTask({ entityRowsUri, ...fields })).rejects.toThrow(message);
  });
});
