import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTracking, type TrackingService } from "./tracking-service.ts";
import { invalid, manyPoints } from "./wire-points.ts";

let tracking: TrackingService;
let experiment_id: string;
beforeAll(async () => {
  tracking = await startTracking();
  experiment_id = await tracking.newExperiment();
});
afterAll(() => tracking.stop());

describe("get-history", () => {
  it("pages by a token until there is none", async () => {
    const run_id = await tracking.newRun(experiment_id);
    for (const offset of [0, 400, 800]) await tracking.metrics("logBatch", { run_id, metrics: manyPoints(400, 1, offset) });
    const steps: number[] = [];
    let page_token: string | undefined;
    do {
      const { body } = await tracking.metrics("getMetricHistory", { run_id, metric_key: "k0", max_results: 500, ...(page_token && { page_token }) });
      steps.push(...body.metrics.map(({ step }: { step: number }) => step));
      page_token = body.next_page_token;
    } while (page_token);

    expect(steps).toEqual(Array.from({ length: 1200 }, (_, index) => index));
    expect(await tracking.metrics("getMetricHistory", { run_id, metric_key: "k0", max_results: 0 })).toMatchObject(invalid(/max_results/));
    expect(await tracking.metrics("getMetricHistory", { run_id, metric_key: "k0", page_token: "x" })).toMatchObject(invalid(/page_token/));
  });

  it("samples several runs by step for a chart, first and last points included", async () => {
    const [a, b] = [await tracking.newRun(experiment_id), await tracking.newRun(experiment_id)];
    for (const run_id of [a, b]) await tracking.metrics("logBatch", { run_id, metrics: manyPoints(1000, 1) });
    const sample = async (fields: object) =>
      (await tracking.metrics("getMetricHistoryBulkInterval", { run_ids: [b, a], metric_key: "k0", ...fields })).body.metrics;

    const points = await sample({ max_results: 10 });
    expect(points.map(({ run_id }: { run_id: string }) => run_id)).toEqual([...Array.from({ length: 10 }, () => b), ...Array.from({ length: 10 }, () => a)]);
    expect(points.slice(0, 10).map(({ step }: { step: number }) => step)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 999]);
    expect(await sample({ start_step: 5, end_step: 7 })).toHaveLength(6);
    expect(await tracking.metrics("getMetricHistoryBulkInterval", { run_ids: [a], metric_key: "k0", start_step: 5 })).toMatchObject(invalid(/together/));
    expect(await tracking.metrics("getMetricHistoryBulkInterval", { run_ids: [a], metric_key: "k0", max_results: 2501 })).toMatchObject(invalid(/2500/));
    expect(await tracking.metrics("getMetricHistoryBulkInterval", { metric_key: "k0" })).toMatchObject(invalid(/1 to 100/));
    expect((await tracking.metrics("getMetricHistoryBulk", { run_id: [a, b], metric_key: "k0" })).body.metrics).toHaveLength(2000);
  });
});
