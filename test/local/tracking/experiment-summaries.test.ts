import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { experimentSummariesContract } from "#contracts/platform/experiment-summaries.ts";
import { createHandler } from "#functions/mlflow-runs/handler.ts";
import { call } from "#test/support/call.ts";
import { metered } from "#test/support/metered.ts";
import { startTracking, type TrackingService } from "./tracking-service.ts";

let tracking: TrackingService;
beforeAll(async () => {
  tracking = await startTracking();
});
afterAll(() => tracking.stop());

const ask = (...experimentIds: string[]) => call(createHandler(tracking.context), experimentSummariesContract, "summarizeExperiments", { experimentIds });

/** An experiment whose run n began at time n and logged these values. */
async function experimentOf(runs: readonly Readonly<Record<string, number | string>>[]): Promise<{ readonly id: string; readonly runIds: readonly string[] }> {
  const id = await tracking.newExperiment();
  const runIds: string[] = [];
  for (const [at, values] of runs.entries()) {
    const run_id = await tracking.newRun(id, { start_time: at + 1 });
    await tracking.metrics("logBatch", { run_id, metrics: Object.entries(values).map(([key, value]) => ({ key, value, timestamp: 1, step: 0 })) });
    runIds.push(run_id);
  }
  return { id, runIds };
}

describe("how an experiment stands", () => {
  it("counts its active runs and those under way, and names the one that began last", async () => {
    const { id, runIds } = await experimentOf([{}, {}, {}]);
    await tracking.runs("updateRun", { run_id: runIds[0], status: "FINISHED", end_time: 9 });
    await tracking.runs("deleteRun", { run_id: runIds[2] });
    const { body } = await ask(id);

    expect(body.summaries).toMatchObject([{ experimentId: id, runs: 2, running: 1, latest: { runId: runIds[1], startTime: 2, endTime: null }, metric: null }]);
  });

  it("shows the metric that most runs have, not one of the machine, from the oldest run to the newest", async () => {
    const { id, runIds } = await experimentOf([{ loss: 3, "system/cpu": 1 }, { loss: "NaN", "system/cpu": 1 }, { "system/cpu": 1, accuracy: 1 }, { loss: 1 }]);
    const [summary] = (await ask(id)).body.summaries;

    expect(summary.metric).toEqual({
      metricKey: "loss",
      greaterIsBetter: null,
      values: [
        { runId: runIds[0], value: 3 },
        { runId: runIds[1], value: "NaN" },
        { runId: runIds[3], value: 1 },
      ],
    });
  });

  it("prefers the metric that MLflow's tags name, with its direction", async () => {
    const { id } = await experimentOf([{ loss: 3, rare: 2 }, { loss: 1 }]);
    await tracking.experiments("setExperimentTag", { experiment_id: id, key: "mlflow.experiment.primaryMetric.name", value: "rare" });
    await tracking.experiments("setExperimentTag", { experiment_id: id, key: "mlflow.experiment.primaryMetric.greaterIsBetter", value: "True" });
    const [summary] = (await ask(id)).body.summaries;

    expect(summary.metric).toMatchObject({ metricKey: "rare", greaterIsBetter: true, values: [{ value: 2 }] });
  });

  it("is given for several at once in the order asked, without those that nobody knows, and refused for more than ten", async () => {
    const [{ id: first }, { id: second }] = [await experimentOf([]), await experimentOf([{}])];

    expect((await ask(second, "4711", "none", first)).body.summaries).toMatchObject([
      { experimentId: second, runs: 1 },
      { experimentId: first, runs: 0, latest: null },
    ]);
    expect((await ask(...Array.from({ length: 11 }, (_, index) => String(index)))).status).toBe(400);
  });

  it("costs one look at the experiment, one at its live runs and one at what is packed, however many they are", async () => {
    const { id } = await experimentOf(Array.from({ length: 12 }, (_, index) => ({ loss: index })));
    const meter = metered(tracking.tables.client);
    await ask(id);

    expect(meter.take().calls).toBe(3);
  });
});
