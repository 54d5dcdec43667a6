import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metricSeriesContract } from "#contracts/platform/metric-series.ts";
import { createHandler } from "#functions/mlflow-runs/handler.ts";
import { call } from "#test/support/call.ts";
import { startTracking, type TrackingService } from "./tracking-service.ts";
import { manyPoints } from "./wire-points.ts";

let tracking: TrackingService;
let run_id: string;
beforeAll(async () => {
  tracking = await startTracking();
  run_id = await tracking.newRun(await tracking.newExperiment());
  for (const offset of [0, 1000, 2000]) await tracking.metrics("logBatch", { run_id, metrics: manyPoints(1000, 1, offset) });
  const odd = [
    { key: "odd", value: 5, timestamp: 1000, step: 0 },
    { key: "odd", value: "NaN", timestamp: 2000, step: 1 },
    { key: "odd", value: -3, timestamp: 4000, step: 2 },
    { key: "odd", value: 1, timestamp: 9000, step: 3 },
  ];
  await tracking.metrics("logBatch", { run_id, metrics: odd });
});
afterAll(() => tracking.stop());

const ask = (operation: keyof (typeof metricSeriesContract)["routes"], fields: object) =>
  call(createHandler(tracking.context), metricSeriesContract, operation, { ...fields });
const series = async (fields: object) => (await ask("readMetricSeries", { runIds: [run_id], metricKeys: ["k0"], ...fields })).body.series;

describe("a metric's series for a chart", () => {
  it("is sampled from afar, says of how many points, and is exact where it is looked at closely", async () => {
    const [far] = await series({ buckets: 100 });
    const [close] = await series({ buckets: 100, from: 1000, to: 1099 });

    expect(far).toMatchObject({ total: 3000, inRange: 3000 });
    expect(far.steps.length).toBeLessThanOrEqual(202);
    expect(close).toMatchObject({ total: 3000, inRange: 100 });
    expect(close.steps).toEqual(Array.from({ length: 102 }, (_, index) => 999 + index));
  });

  it("spells what is not a number, and counts relative time from the first point", async () => {
    const [odd] = await series({ metricKeys: ["odd"], axis: "relative", from: 500, to: 3500 });

    expect(odd).toMatchObject({ origin: 1000, inRange: 2, timestamps: [1000, 2000, 4000, 9000], values: [5, "NaN", -3, 1] });
  });

  it("is smoothed over every point, whatever part of it is asked for", async () => {
    const [whole] = await series({ smoothing: 0.9, buckets: 2000 });
    const [part] = await series({ smoothing: 0.9, from: 2000, to: 2004 });

    expect(part.smoothed).toEqual(whole.smoothed.slice(1999, 2006));
    expect((await series({ to: 3 }))[0].smoothed).toBeNull();
  });

  it("runs over another metric by joining the two at their steps, in the order of its values, smoothed in the order of the steps", async () => {
    const over = [4, 9, 1, "NaN"].map((value, step) => ({ key: "over", value, timestamp: 1, step }));
    await tracking.metrics("logBatch", { run_id, metrics: [...over, { key: "over", value: 2, timestamp: 0, step: 0 }] });
    const fields = { metricKeys: ["odd"], xMetric: "over" };

    expect(await series({ ...fields, smoothing: 0.5 })).toMatchObject([
      { total: 4, inRange: 3, places: [1, 4, 9], steps: [2, 0, 1], values: [-3, 5, "NaN"], smoothed: [-1 / 3, 5, "NaN"] },
    ]);
    expect(await series({ ...fields, from: 2, to: 5 })).toMatchObject([{ inRange: 1, places: [1, 4, 9] }]);
    expect(await series({ ...fields, xMetric: "nobody" })).toMatchObject([{ total: 4, inRange: 0, places: [] }]);
    expect((await series({}))[0].places).toBeNull();
  });

  it("has no point for a run or a metric that nobody knows", async () => {
    expect(await series({ metricKeys: ["none"], runIds: [run_id, "0".repeat(32)] })).toMatchObject([
      { total: 0, origin: null, steps: [] },
      { total: 0, origin: null, steps: [] },
    ]);
  });

  it("refuses more than a reply holds, naming how much that is", async () => {
    const many = Array.from({ length: 40 }, (_, index) => `k${index}`);

    expect(await ask("readMetricSeries", { runIds: [run_id], metricKeys: many, buckets: 2000 })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("at most 1000 for 40 series") },
    });
    expect(await ask("readMetricSeries", { runIds: [run_id] })).toMatchObject({ status: 400 });
    expect(await ask("readMetricSeries", { runIds: [run_id], metricKeys: ["k0"], from: 2, to: 1 })).toMatchObject({ status: 400 });
  });
});

describe("a run's metrics in one table", () => {
  it("come with their last, lowest and highest value, and the one at a step", async () => {
    const { body } = await ask("summarizeMetrics", { runId: run_id, step: 2 });

    expect(body.metrics.find(({ metricKey }: { metricKey: string }) => metricKey === "odd")).toEqual({
      metricKey: "odd",
      points: 4,
      last: { value: 1, step: 3, timestamp: 9000 },
      min: { value: -3, step: 2, timestamp: 4000 },
      max: { value: 5, step: 0, timestamp: 1000 },
      atStep: { value: -3, step: 2, timestamp: 4000 },
    });
    expect(await ask("summarizeMetrics", { runId: "0".repeat(32) })).toMatchObject({ status: 404 });
  });
});
