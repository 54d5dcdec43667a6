import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { MiddlewareStack } from "@smithy/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExperiment } from "#core/tracking/experiments.ts";
import { logBatch, logMetric } from "#core/tracking/log-batch.ts";
import { createRun, getRun } from "#core/tracking/runs.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import { trackingContext } from "#stores/dynamodb/tracking/tracking-context.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";

interface Used {
  calls: number;
  write: number;
  read: number;
}

/** Asks every call for its capacity units, and adds them up. */
function metered(client: DynamoDBClient): Used {
  const used: Used = { calls: 0, write: 0, read: 0 };
  const stack = client.middlewareStack as unknown as MiddlewareStack<object, object>;
  stack.add(
    (next, context) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } });
      const { ConsumedCapacity = [] } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] };
      const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      used.calls++;
      used[/^(Get|BatchGet|Query)/.test(context.commandName ?? "") ? "read" : "write"] += units;
      return result;
    },
    { step: "initialize", name: "meter", priority: "low" },
  );
  return used;
}

let tables: LocalTables;
let tracking: TrackingContext;
let used: Used;
let experimentId: string;
beforeAll(async () => {
  tables = await startLocalTables();
  used = metered(tables.client);
  tracking = trackingContext(tables.client, tables.table("tracking"));
  ({ experimentId } = await createExperiment(tracking, { name: "counted" }));
});
afterAll(() => tables.stop());

const spent = async (act: () => Promise<unknown>): Promise<Used> => {
  const before = { ...used };
  await act();
  return { calls: used.calls - before.calls, write: used.write - before.write, read: used.read - before.read };
};
/** Another process: nothing is cached. */
const cold = () =>
  trackingContext(Object.assign(Object.create(Object.getPrototypeOf(tables.client) as object), tables.client) as DynamoDBClient, tables.table("tracking"));
const tags = new Map(
  ["mlflow.user", "mlflow.source.name", "mlflow.source.type", "mlflow.source.git.commit", "mlflow.parentRunId"].map((key, index) => [
    key,
    `value ${index} of a run`,
  ]),
);
const newRun = async () => (await createRun(tracking, { experimentId, startTime: 1_763_700_000_000, tags })).runId;
const points = (count: number, keyAt: (index: number) => string, round = 0) =>
  Array.from({ length: count }, (_, index) => ({
    key: keyAt(index),
    value: Math.sin(index + round * count) * Math.E,
    timestamp: 1_763_700_000_000 + (index + round * count) * 137 + ((index * 7919) % 50),
    step: index + round * count,
  }));

describe("write units", () => {
  it("of a run with 5 tags and 5 params: 2, in 2 writes; one more for the first run of an experiment in two minutes", async () => {
    expect(await spent(newRun)).toMatchObject({ write: 2 });
    const params = Array.from({ length: 5 }, (_, index) => ({ key: `param_${index}`, value: `value ${index}` }));
    const both = await spent(async () => logBatch(tracking, await newRun(), { params }));

    expect(both.write).toBeLessThanOrEqual(2);
    expect(both.calls).toBeLessThanOrEqual(4);
  });

  it("of log_metric, the mean of 1,000 with folds: at most 1.2, in at most 1.2 calls", async () => {
    const runId = await newRun();
    const all = await spent(async () => {
      for (const point of points(1000, (index) => ["train/loss", "val/loss", "val/accuracy"][index % 3] ?? "")) await logMetric(tracking, runId, point);
    });

    expect(all.write / 1000).toBeLessThanOrEqual(1.2);
    expect(all.calls / 1000).toBeLessThanOrEqual(1.2);
    expect(all.read / 1000).toBeLessThanOrEqual(0.1);
  });

  const long = (index: number) =>
    `experts.${index}.`.padEnd(240, "transformer/layer/attention/heads/projection/weight/norm/") + String(index).padStart(10, "0");
  it.each([
    ["1 key", 10, () => "train/loss"],
    ["100 keys", 12, (index: number) => `layer_${index % 100}/gradient_norm`],
    ["1,000 keys", 15, (index: number) => `layer_${index}/attention/projection/weight`],
    ["1,000 keys of 250 characters", 15, long],
  ])("of log_batch with 1,000 points on %s: at most %d on average", async (_what, most, keyAt) => {
    const runId = await newRun();
    const rounds = 16;
    const all = await spent(async () => {
      for (let round = 0; round < rounds; round++) await logBatch(tracking, runId, { metrics: points(1000, keyAt, round) });
    });

    expect(all.write / rounds).toBeLessThanOrEqual(most);
    expect(all.calls / rounds).toBeLessThanOrEqual(4);
  });

  it("of a batch sent again: no more than the first time, and no fold", async () => {
    const runId = await newRun();
    const metrics = points(1000, () => "train/loss");
    await logBatch(tracking, runId, { metrics });
    const again = await spent(() => logBatch(tracking, runId, { metrics }));

    expect(again.write).toBeLessThanOrEqual(10);
    expect(again.calls).toBeLessThanOrEqual(3);
  });

  it("of a tag, a status, a param in a warm process: 1 each, in 1 call", async () => {
    const runId = await newRun();
    const experiment = await tracking.experiments.findRecent(experimentId);
    for (const change of [{ tags: new Map([["a", "b"]]) }, { info: new Map([["status", "FINISHED"]]) }, { params: new Map([["lr", "0.1"]]) }])
      expect(await spent(() => tracking.runs.change(runId, change, experiment))).toEqual({ calls: 1, write: 1, read: 0 });
  });
});

describe("read units", () => {
  it("of a run with 50 metrics: at most 2, cold or warm", async () => {
    const runId = await newRun();
    await logBatch(tracking, runId, { metrics: points(1000, (index) => `metric_${index % 50}`) });
    await logBatch(tracking, runId, { metrics: points(1000, (index) => `metric_${index % 50}`, 1) });
    for (let index = 0; index < 60; index++)
      await logMetric(tracking, runId, points(1, () => "metric_1", 5000 + index)[0] ?? { key: "", value: 0, timestamp: 0, step: 0 });
    const fresh = cold();

    const first = await spent(() => fresh.runs.find(runId));
    const warm = await spent(() => fresh.runs.find(runId));
    const whole = await getRun(tracking, runId);

    expect(whole.state.metrics.size).toBe(50);
    expect(first.read).toBeLessThanOrEqual(2);
    expect(first.calls).toBe(1);
    expect(warm).toEqual({ calls: 1, write: 0, read: 1 });
  });

  it("of a history of 100,000 points: at most 250, in at most 3 calls", async () => {
    const runId = await newRun();
    for (let round = 0; round < 100; round++) await logBatch(tracking, runId, { metrics: points(1000, () => "train/loss", round) });

    const all = await spent(async () => expect(await tracking.runs.history(runId, "train/loss")).toHaveLength(100_000));
    const rest = await spent(async () => expect(await tracking.runs.recentHistory(runId, "train/loss")).toHaveLength(100_000));

    expect(all.read).toBeLessThanOrEqual(250);
    expect(all.calls).toBeLessThanOrEqual(3);
    expect(rest, "the pages after the first cost nothing").toEqual({ calls: 0, write: 0, read: 0 });
  });
});
