import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTracking, type TrackingService } from "./tracking-service.ts";
import { historyOf, invalid, manyPoints, type WirePoint } from "./wire-points.ts";

let tracking: TrackingService;
let experiment_id: string;
beforeAll(async () => {
  tracking = await startTracking();
  experiment_id = await tracking.newExperiment();
});
afterAll(() => tracking.stop());

describe("log-batch", () => {
  it("takes metrics, params and tags at once; the last of equal tags counts", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const reply = await tracking.metrics("logBatch", {
      run_id,
      metrics: manyPoints(1000 - 100, 90),
      params: Array.from({ length: 50 }, (_, index) => ({ key: `p${index}`, value: `v${index}` })),
      tags: [...Array.from({ length: 49 }, (_, index) => ({ key: `t${index}`, value: "x" })), { key: "t0", value: "last" }],
    });
    const { data } = await tracking.get(run_id);

    expect(reply).toMatchObject({ status: 200, body: {} });
    expect(data.metrics).toHaveLength(90);
    expect(data.params).toHaveLength(50);
    expect(data.tags.find(({ key }: WirePoint) => key === "t0").value).toBe("last");
    expect(await historyOf(tracking, run_id, "k5")).toHaveLength(10);
  });

  it("stores nothing twice when it is sent again", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const batch = { run_id, metrics: [...manyPoints(480, 40), ...manyPoints(480, 40)], params: [{ key: "p", value: "1" }] };
    for (const _ of [1, 2]) expect((await tracking.metrics("logBatch", batch)).status).toBe(200);

    expect(await historyOf(tracking, run_id, "k0")).toHaveLength(12);
  });

  it("writes none of its params and tags when one param has another value", async () => {
    const run_id = await tracking.newRun(experiment_id);
    await tracking.metrics("logParam", { run_id, key: "b", value: "old" });
    const params = [
      { key: "a", value: "1" },
      { key: "b", value: "new" },
    ];
    const reply = await tracking.metrics("logBatch", { run_id, params, tags: [{ key: "t", value: "1" }], metrics: manyPoints(20, 20) });
    const { data } = await tracking.get(run_id);

    expect(reply).toMatchObject(
      invalid(
        `Changing param values is not allowed. Params were already logged='[{'key': 'b', 'old_value': 'old', 'new_value': 'new'}]' for run ID='${run_id}'.`,
      ),
    );
    expect(data.params).toEqual([{ key: "b", value: "old" }]);
    expect(data.tags).toHaveLength(1);
    expect(data.metrics).toBeUndefined();
    expect(await historyOf(tracking, run_id, "k0")).toBeUndefined();
  });

  it("takes 100 params and 100 tags of the greatest length, again and again", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const fill = (kind: string, round: number, length: number) =>
      Array.from({ length: 100 }, (_, index) => ({ key: `${kind}${round}-${index}-`.padEnd(250, "k"), value: `${round}${index}`.padEnd(length, "v") }));
    for (const round of [1, 2]) {
      const reply = await tracking.metrics("logBatch", {
        run_id,
        params: fill("p", round, round === 1 ? 2000 : 6000),
        tags: fill("t", round, round === 1 ? 2000 : 8000),
      });
      expect(reply).toMatchObject({ status: 200 });
    }
    const { data } = await tracking.get(run_id);

    expect(data.params).toHaveLength(200);
    expect(data.tags).toHaveLength(201);
    expect(Math.max(...data.tags.map(({ value }: { value: string }) => value.length))).toBe(8000);
  });

  it("keeps 30,000 metric keys of one run", async () => {
    const run_id = await tracking.newRun(experiment_id);
    for (let round = 0; round < 30; round++) {
      const metrics = Array.from({ length: 1000 }, (_, index) => ({
        key: `layer.${round}.${index}.weight.norm`,
        value: Math.sin(index * round),
        timestamp: index,
        step: index,
      }));
      expect((await tracking.metrics("logBatch", { run_id, metrics })).status).toBe(200);
    }

    expect((await tracking.context.runs.find(run_id))?.metrics.size).toBe(30_000);
  });

  it.each([
    [
      "1,001 metrics",
      { metrics: manyPoints(1001, 5) },
      /^A batch logging request can contain at most 1000 metrics\. Got 1001 metrics\. Please split up metrics/,
    ],
    ["101 params", { params: Array.from({ length: 101 }, (_, index) => ({ key: `p${index}`, value: "" })) }, /at most 100 params\. Got 101 params/],
    ["101 tags", { tags: Array.from({ length: 101 }, (_, index) => ({ key: `p${index}`, value: "" })) }, /at most 100 tags\. Got 101 tags/],
    [
      "1,001 things in all",
      { metrics: manyPoints(999, 5), params: [{ key: "a", value: "" }], tags: [{ key: "a", value: "" }] },
      /1000 metrics, params and tags in all/,
    ],
    [
      "a param twice",
      {
        params: [
          { key: "d", value: "1" },
          { key: "d", value: "1" },
        ],
      },
      /^Duplicate parameter keys have been submitted: \['d'\]/,
    ],
    ["a metric without timestamp", { metrics: [{ key: "m", value: 1 }] }, /Missing value for required parameter 'metrics\[0\]\.timestamp'/],
    ["metrics that are no list", { metrics: "m" }, /parameter 'metrics'/],
  ])("refuses %s", async (_what, fields, message) => {
    expect(await tracking.metrics("logBatch", { run_id: await tracking.newRun(experiment_id), ...fields })).toMatchObject(invalid(message));
  });

  it("is fine with nothing to log, and takes null for absent", async () => {
    const run_id = await tracking.newRun(experiment_id);

    expect((await tracking.metrics("logBatch", { run_id })).status).toBe(200);
    expect(
      (await tracking.metrics("logBatch", { run_id, metrics: [{ key: "m", value: 1, timestamp: 1, step: null, model_id: null }], params: null })).status,
    ).toBe(200);
  });
});
