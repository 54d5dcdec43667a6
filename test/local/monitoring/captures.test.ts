import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningObjectStore, startObjectStore } from "#infra/local/s3/server.ts";
import { captureBatches } from "#stores/s3/capture-batches.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { traffic } from "#test/support/captured-traffic.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test-secret" };
const midnight = "2026-03-02T00:00:00.000Z";
let folder: string;
let server: RunningObjectStore;
let client: S3Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-captures-"));
  server = await startObjectStore({ folder, buckets: [{ name: "data", versioned: false }], credentials });
  client = new S3Client({ endpoint: server.endpoint, region: "us-east-1", credentials, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("captures in S3", () => {
  it("are one object per batch, found by variant and hour", async () => {
    const objects = s3Objects(client);
    const store = captureStore(objects, "data");
    const sink = captureBatches(store, { maxRecords: 100 });

    for (const record of traffic(midnight, 250)) sink.capture({ endpoint: "churn", variant: "blue/1" }, record);
    for (const record of traffic(midnight, 10)) sink.capture({ endpoint: "churn", variant: "green" }, record);
    await sink.flush();

    expect(await store.variants("churn")).toEqual(["blue/1", "green"]);
    const [hour] = await store.list({ endpoint: "churn", variant: "blue/1" }, Date.parse(midnight), Date.parse(midnight) + 1);
    expect(hour?.keys).toHaveLength(3);
    const first = await objects.get({ bucket: "data", key: hour?.keys[0] ?? "" });
    expect(
      Buffer.from(first ?? [])
        .toString("utf8")
        .trimEnd()
        .split("\n").length,
    ).toBeGreaterThanOrEqual(50);
  });

  it("are the same object when a batch is written again", async () => {
    const objects = s3Objects(client);
    const store = captureStore(objects, "data");
    const source = { endpoint: "again", variant: "blue" };

    const first = await store.append(source, traffic(midnight, 20));
    const second = await store.append(source, traffic(midnight, 20));

    expect(second).toEqual(first);
    expect(await objects.list("data", "captures/again/")).toHaveLength(1);
  });
});
