import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTracking, type TrackingService } from "./tracking-service.ts";
import { invalid, manyPoints, type WirePoint } from "./wire-points.ts";

let tracking: TrackingService;
let experiment_id: string;
beforeAll(async () => {
  tracking = await startTracking();
  experiment_id = await tracking.newExperiment();
});
afterAll(() => tracking.stop());

describe("params", () => {
  it("are written once: the same value again is fine, another is refused in MLflow's words", async () => {
    const run_id = await tracking.newRun(experiment_id);

    for (const _ of [1, 2]) expect((await tracking.metrics("logParam", { run_id, key: "lr", value: "0.1" })).status).toBe(200);
    expect(await tracking.metrics("logParam", { run_id, key: "lr", value: "0.2" })).toMatchObject(
      invalid(
        `Changing param values is not allowed. Param with key='lr' was already logged with value='0.1' for run ID='${run_id}'. Attempted logging new value '0.2'.`,
      ),
    );
    expect((await tracking.metrics("logParam", { run_id, key: "empty", value: "" })).status).toBe(200);
    expect((await tracking.get(run_id)).data.params).toEqual([
      { key: "empty", value: "" },
      { key: "lr", value: "0.1" },
    ]);
  });

  it("are cut at 6,000 characters, and the cut value again is the same value", async () => {
    const run_id = await tracking.newRun(experiment_id);

    for (const length of [7000, 7000, 6000]) expect((await tracking.metrics("logParam", { run_id, key: "long", value: "é".repeat(length) })).status).toBe(200);
    expect((await tracking.get(run_id)).data.params).toEqual([{ key: "long", value: "é".repeat(6000) }]);
    expect(await tracking.metrics("logParam", { run_id, key: "long", value: "x" })).toMatchObject(invalid(/logged with value='ééé/));
  });

  it("have one winner among simultaneous writers, also across folds", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const writers = Array.from({ length: 12 }, async (_, index) => {
      await tracking.metrics("logBatch", { run_id, metrics: manyPoints(15, 15, index * 100) });
      return tracking.metrics("logParam", { run_id, key: "lr", value: String(index) });
    });
    const replies = await Promise.all(writers);
    const won = replies.flatMap(({ status }, index) => (status === 200 ? [String(index)] : []));

    expect(won).toHaveLength(1);
    expect((await tracking.get(run_id)).data.params).toEqual([{ key: "lr", value: won[0] }]);
  });
});

describe("tags", () => {
  it("take the last value, are cut at 8,000 characters, and can be deleted once", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const tag = async () => (await tracking.get(run_id)).data.tags.find(({ key }: WirePoint) => key === "note")?.value;

    await tracking.metrics("setTag", { run_id, key: "note", value: "one" });
    await tracking.metrics("setTag", { run_id, key: "note", value: "x".repeat(9000) });
    expect(await tag()).toBe("x".repeat(8000));
    expect((await tracking.metrics("deleteTag", { run_id, key: "note" })).status).toBe(200);
    expect(await tag()).toBeUndefined();
    expect(await tracking.metrics("deleteTag", { run_id, key: "note" })).toMatchObject({
      status: 404,
      body: { error_code: "RESOURCE_DOES_NOT_EXIST", message: `No tag with name: note in run with id ${run_id}` },
    });
  });
});
