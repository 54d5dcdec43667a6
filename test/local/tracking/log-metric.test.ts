import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLabelled } from "#core/tracking/model-points.ts";
import { recordId } from "#core/tracking/record-id.ts";
import { startTracking, type TrackingService } from "./tracking-service.ts";
import { historyOf, invalid, latestMetrics, manyPoints, type WirePoint } from "./wire-points.ts";

let tracking: TrackingService;
let experiment_id: string;
beforeAll(async () => {
  tracking = await startTracking();
  experiment_id = await tracking.newExperiment();
});
afterAll(() => tracking.stop());

const logged = async (run_id: string, points: readonly WirePoint[]) => {
  for (const point of points) expect((await tracking.metrics("logMetric", { run_id, ...point })).status).toBe(200);
};

describe("log-metric", () => {
  it("shows the greatest of step, timestamp and value, with NaN as 0, whatever came last", async () => {
    const run_id = await tracking.newRun(experiment_id);
    await logged(run_id, [
      { key: "m", value: 5, timestamp: 2, step: 3 },
      { key: "m", value: 9, timestamp: 9, step: 1 },
      { key: "m", value: 4, timestamp: 2, step: 3 },
      { key: "m", value: 7, timestamp: 2, step: 3 },
      { key: "m", value: "NaN", timestamp: 2, step: 3 },
      { key: "m", value: -3, timestamp: 2, step: 3 },
    ]);

    expect(await latestMetrics(tracking, run_id)).toEqual([{ key: "m", value: 7, timestamp: 2, step: 3 }]);
  });

  it("keeps each point once, in the order of time, step and value", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const again = { key: "m", value: 0.1, timestamp: 7, step: 2 };
    await logged(run_id, [again, { key: "m", value: 2, timestamp: 5 }, again, { ...again, value: 0.05 }, { key: "other", value: 1, timestamp: 1 }]);

    expect(await historyOf(tracking, run_id, "m")).toEqual([
      { key: "m", value: 2, timestamp: 5, step: 0 },
      { key: "m", value: 0.05, timestamp: 7, step: 2 },
      { key: "m", value: 0.1, timestamp: 7, step: 2 },
    ]);
    expect(await historyOf(tracking, run_id, "unknown")).toBeUndefined();
  });

  it("keeps NaN, infinities as the largest doubles, and integers beyond 2^53 exactly", async () => {
    const run_id = await tracking.newRun(experiment_id);
    await logged(run_id, [
      { key: "nan", value: "NaN", timestamp: 1 },
      { key: "up", value: "Infinity", timestamp: 1 },
      { key: "down", value: "-Infinity", timestamp: 1 },
      { key: "far", value: 1e300, timestamp: "9223372036854775807", step: "-9223372036854775808" },
    ]);

    expect((await latestMetrics(tracking, run_id)).sort((a: WirePoint, b: WirePoint) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: "down", value: -Number.MAX_VALUE, timestamp: 1, step: 0 },
      { key: "far", value: 1e300, timestamp: 9223372036854775807n, step: -9223372036854775808n },
      { key: "nan", value: "NaN", timestamp: 1, step: 0 },
      { key: "up", value: Number.MAX_VALUE, timestamp: 1, step: 0 },
    ]);
  });

  it.each<[string, object, RegExp]>([
    ["no value", { key: "m", timestamp: 1 }, /Missing value for required parameter 'value'/],
    ["no timestamp", { key: "m", value: 1 }, /Missing value for required parameter 'timestamp'/],
    ["a value that is no number", { key: "m", value: "abc", timestamp: 1 }, /parameter 'value'/],
    ["a time before 1970", { key: "m", value: 1, timestamp: -1 }, /parameter 'timestamp'/],
    ["a step that is no integer", { key: "m", value: 1, timestamp: 1, step: 0.5 }, /parameter 'step'/],
    ["a key of 251 characters", { key: "k".repeat(251), value: 1, timestamp: 1 }, /parameter 'key'/],
    ["a dataset without digest", { key: "m", value: 1, timestamp: 1, dataset_name: "d" }, /together/],
    ...["", ".", "a//b", "a/../b", "./a", "a/", "/a", "..", "a?b", "a\nb"].map((key): [string, object, RegExp] => [
      `the key ${JSON.stringify(key)}`,
      { key, value: 1, timestamp: 1 },
      /parameter 'key'/,
    ]),
  ])("refuses %s", async (_what, fields, message) => {
    expect(await tracking.metrics("logMetric", { run_id: await tracking.newRun(experiment_id), ...fields })).toMatchObject(invalid(message));
  });

  it.each(["a b", "a/b.c-d:e_f", "größe", "__proto__", "k".repeat(250)])("takes the key %s", async (key) => {
    const run_id = await tracking.newRun(experiment_id);
    await logged(run_id, [{ key, value: 1, timestamp: 1 }]);

    expect(await latestMetrics(tracking, run_id)).toEqual([{ key, value: 1, timestamp: 1, step: 0 }]);
  });

  it("keeps a point with the logged model that it names, with its labels", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const model_id = `m-${recordId({ experimentId: experiment_id, shard: 0 }, "abcdefabcdefabcdefabcd")}`;
    await tracking.context.models.create(model_id, {}, { stage: "active", epoch: 0 });

    const fields = { run_id, key: "acc", value: 0.9, timestamp: 1, dataset_name: "d", dataset_digest: "1" };
    expect((await tracking.metrics("logMetric", { ...fields, model_id })).status).toBe(200);
    expect((await tracking.context.models.history(model_id)).map(readLabelled)).toEqual([
      { point: { key: "acc", value: 0.9, timestamp: 1, step: 0 }, labels: { runId: run_id, datasetName: "d", datasetDigest: "1" } },
    ]);
    expect(await latestMetrics(tracking, run_id)).toHaveLength(1);
    expect(await tracking.metrics("logMetric", { ...fields, model_id: "m-nobody" })).toMatchObject({
      status: 404,
      body: { message: "Logged model with ID 'm-nobody' not found." },
    });
  });

  it("loses nothing of 300 points from 10 writers at once", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const points = manyPoints(300, 3);
    await Promise.all(
      Array.from({ length: 10 }, (_, writer) =>
        logged(
          run_id,
          points.filter((_point, index) => index % 10 === writer),
        ),
      ),
    );

    expect(await historyOf(tracking, run_id, "k1")).toHaveLength(100);
    expect((await latestMetrics(tracking, run_id)).map(({ step }: WirePoint) => step).sort()).toEqual([297, 298, 299]);
  });
});
