import { describe, expect, it } from "vitest";
import { eventsOperations } from "#infra/local/events/events-operations.ts";
import { someEvents } from "#test/support/events.ts";
import { memoryTable } from "#test/support/memory-table.ts";

const functions = [
  { name: "retrain", on: [{ source: "capstan", detailType: "drift.detected" }] },
  {
    name: "notify",
    on: [
      { source: "capstan", detailType: "drift.detected" },
      { source: "aws.states", detailType: "Ended" },
    ],
  },
];
const drift = { Source: "capstan", DetailType: "drift.detected", Detail: '{"model":"m"}', EventBusName: "capstan" };

describe("an event", () => {
  it("reaches every function that declares it, in EventBridge's envelope, and nobody else", async () => {
    const { bus, calls, clock } = someEvents({ functions });

    const [id] = await bus.put([drift, { ...drift, DetailType: "other" }]);
    await clock.run();

    expect(calls.map(({ name }) => name).toSorted()).toEqual(["notify", "retrain"]);
    expect(calls[0]?.payload).toEqual({
      version: "0",
      id,
      "detail-type": "drift.detected",
      source: "capstan",
      account: "000000000000",
      time: "2026-01-01T00:00:00Z",
      region: "us-east-1",
      resources: [],
      detail: { model: "m" },
    });
  });

  it("for another bus meets no rule, while events of AWS services do wherever they are put", async () => {
    const { bus, calls, clock } = someEvents({ functions });

    await bus.put([
      { ...drift, EventBusName: "default" },
      { Source: "aws.states", DetailType: "Ended", Detail: "{}" },
    ]);
    await clock.run();

    expect(calls.map(({ name }) => name)).toEqual(["notify"]);
  });

  it("is delivered again after doubling pauses, and is a dead letter after eight attempts", async () => {
    const invoke = async () => {
      throw new Error("broken");
    };
    const { bus, calls, clock, deliveries } = someEvents({ functions: functions.slice(0, 1), invoke });
    const start = clock.now();

    await bus.put([drift]);
    await clock.run();

    expect(calls.map(({ time }) => (time - start) / 1000)).toEqual([0, 1, 3, 7, 15, 31, 63, 127]);
    expect(await deliveries.deadLetters()).toMatchObject([{ attempts: 8, error: "Error: broken", target: { function: "retrain" } }]);
  });

  it("outlives the process: what was taken and not dealt with is delivered after a restart", async () => {
    const table = memoryTable();
    const before = someEvents({ table, functions, invoke: () => new Promise(() => undefined) });
    await before.bus.put([drift]);
    before.clock.stop();

    const after = someEvents({ table, functions });
    await after.resume();
    await after.clock.run();
    const later = someEvents({ table, functions });
    await later.resume();
    await later.clock.run();

    expect(after.calls.map(({ name }) => name).toSorted()).toEqual(["notify", "retrain"]);
    expect(later.calls).toEqual([]);
  });
});

describe("a table that does not answer for a while", () => {
  it("delays deliveries and loses none", async () => {
    const table = memoryTable();
    await someEvents({ table, functions, invoke: () => new Promise(() => undefined) }).bus.put([drift]);
    let refused = 0;
    const unsteady = {
      ...table,
      query: async (pk: string) => {
        if (refused++ < 2) throw new Error("not now");
        return await table.query(pk);
      },
    };

    const after = someEvents({ table: unsteady, functions });
    await after.deliveries.resume();
    await after.clock.run();

    expect(after.calls.map(({ name }) => name).toSorted()).toEqual(["notify", "retrain"]);
  });
});

describe("PutEvents", () => {
  it("takes and refuses entries one by one", async () => {
    const { bus } = someEvents({ functions });
    const put = eventsOperations((entries) => bus.put(entries))["AWSEvents.PutEvents"];

    const reply = await put?.({ Entries: [drift, { ...drift, Detail: "[]" }, { ...drift, Source: "aws.s3" }, { Source: "x", Detail: "{}" }] });

    expect(reply).toEqual({
      FailedEntryCount: 3,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
        { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." },
        { ErrorCode: "InvalidArgument", ErrorMessage: expect.stringContaining("DetailType") },
      ],
    });
  });
});
