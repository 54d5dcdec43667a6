import { describe, expect, it } from "vitest";
import { type CaptureRecord, CaptureRecord as CaptureRecordSchema } from "#contracts/sagemaker/capture.ts";
import type { CaptureSource } from "#core/monitoring/captures.ts";
import { captureBatches } from "#stores/s3/capture-batches.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";

const source = { endpoint: "churn", variant: "blue/1" };

/** A captured prediction of one feature. */
const aRecord = (eventId: string, inferenceTime = "2026-03-04T05:06:07Z"): CaptureRecord => ({
  captureData: {
    endpointInput: { observedContentType: "application/json", mode: "INPUT", data: '{"instances":[[1]]}', encoding: "JSON" },
    endpointOutput: { observedContentType: "application/json", mode: "OUTPUT", data: '{"predictions":[0.5]}', encoding: "JSON" },
  },
  eventMetadata: { eventId, inferenceTime },
  eventVersion: "0",
});

describe("captures", () => {
  it("are stored as SageMaker's JSON lines, by endpoint, variant and hour", async () => {
    const objects = memoryObjects();

    const keys = await captureStore(objects, "data").append(source, [aRecord("1"), aRecord("2")]);

    expect(keys).toEqual([expect.stringMatching(/^captures\/churn\/blue%2F1\/2026\/03\/04\/05\/[0-9a-f]{32}\.jsonl$/)]);
    const lines = objects
      .text(keys[0] ?? "")
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => CaptureRecordSchema.parse(JSON.parse(line)).eventMetadata.eventId)).toEqual(["1", "2"]);
  });

  it("are stored once when the same batch is delivered twice", async () => {
    const objects = memoryObjects();
    const store = captureStore(objects, "data");

    await store.append(source, [aRecord("1")]);
    await store.append(source, [aRecord("1")]);

    expect(objects.keys()).toHaveLength(1);
  });

  it("are split at the hour, and found by half-open interval", async () => {
    const store = captureStore(memoryObjects(), "data");
    await store.append(source, [aRecord("1", "2026-03-04T23:59:59.999Z"), aRecord("2", "2026-03-05T00:00:00Z"), aRecord("3", "2026-03-05T01:00:00Z")]);

    const hours = await store.list(source, Date.parse("2026-03-04T23:30:00Z"), Date.parse("2026-03-05T01:00:00Z"));

    expect(hours.map(({ hour }) => new Date(hour).toISOString())).toEqual(["2026-03-04T23:00:00.000Z", "2026-03-05T00:00:00.000Z"]);
    expect(await store.variants("churn")).toEqual(["blue/1"]);
  });
});

/** A store that only remembers how many records it was given, and for whom. */
function aRecordingStore() {
  const written: [CaptureSource, number][] = [];
  const append = async (to: CaptureSource, records: readonly CaptureRecord[]) => {
    written.push([to, records.length]);
    return [];
  };
  return { written, append };
}

describe("captureBatches", () => {
  it("writes one batch per variant, and everything on flush", async () => {
    const store = aRecordingStore();
    const sink = captureBatches(store, { maxRecords: 2 });

    for (const id of ["1", "2", "3"]) sink.capture(source, aRecord(id));
    sink.capture({ endpoint: "churn", variant: "green" }, aRecord("4"));
    await sink.flush();

    expect(store.written).toEqual([
      [source, 2],
      [source, 1],
      [{ endpoint: "churn", variant: "green" }, 1],
    ]);
  });

  it("repeats a failed write, then says what was lost instead of throwing", async () => {
    let attempts = 0;
    const lost: number[] = [];
    const append = async () => {
      attempts += 1;
      throw new Error("no bucket");
    };
    const sink = captureBatches({ append }, { onLoss: (records) => lost.push(records) });

    sink.capture(source, aRecord("1"));
    await sink.flush();

    expect({ attempts, lost }).toEqual({ attempts: 2, lost: [1] });
  });

  it("drops the newest beyond its bound, so that a dead store cannot exhaust the memory", async () => {
    const store = aRecordingStore();
    const lost: number[] = [];
    const sink = captureBatches(store, { maxPending: 2, onLoss: (records) => lost.push(records) });

    for (const id of ["1", "2", "3"]) sink.capture(source, aRecord(id));
    await sink.flush();

    expect({ written: store.written, lost }).toEqual({ written: [[source, 2]], lost: [1] });
  });
});
