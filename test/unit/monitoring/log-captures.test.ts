import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { captureLine } from "#core/monitoring/captures.ts";
import { createTask as writeTask } from "#functions/write-captures/handler.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { traffic } from "#test/support/captured-traffic.ts";
import { type MemoryObjects, memoryObjects } from "#test/support/memory-objects.ts";

const blue = { endpoint: "churn", variant: "blue" };
const midnight = "2026-03-02T00:00:00.000Z";
let objects: MemoryObjects;
const captures = () => captureStore(objects, "data");

beforeEach(() => {
  objects = memoryObjects();
});

describe("captures in delivered logs", () => {
  const deliver = async (document: unknown) =>
    await writeTask({ captures: captures() })({ awslogs: { data: gzipSync(JSON.stringify(document)).toString("base64") } });

  it("are stored, and lines that are none are counted", async () => {
    const lines = traffic(midnight, 3).map((record) => ({ message: captureLine(blue, record) }));

    const output = await deliver({ messageType: "DATA_MESSAGE", logEvents: [...lines, { message: "START RequestId: 1" }, { message: '{"capture":{}}' }] });

    expect(output).toEqual({ written: 3, unreadable: 2 });
    expect((await captures().list(blue, Date.parse(midnight), Date.parse(midnight) + 3_600_000))[0]?.keys).toHaveLength(1);
  });

  it("are stored once when the delivery is repeated, and none when it only tests the way", async () => {
    const batch = { messageType: "DATA_MESSAGE", logEvents: traffic(midnight, 3).map((record) => ({ message: captureLine(blue, record) })) };

    await deliver(batch);
    await deliver(batch);

    expect(objects.keys().filter((key) => key.startsWith("captures/"))).toHaveLength(1);
    expect(await deliver({ messageType: "CONTROL_MESSAGE", logEvents: [{ message: "CWL CONTROL MESSAGE" }] })).toEqual({ written: 0, unreadable: 0 });
  });

  it("are refused where they are no delivery at all", async () => {
    await expect(writeTask({ captures: captures() })({ awslogs: { data: "AAAA" } })).rejects.toThrow(/^awslogs\.data must be compressed log events/);
  });
});
