import { describe, expect, it } from "vitest";
import { driftDetected } from "#contracts/events/drift.ts";
import { finish } from "#core/pipelines/finish.ts";
import { startExecution } from "#core/pipelines/start.ts";
import { createTask } from "#functions/start-retraining/handler.ts";
import { aPipelinesContext, aRequest, killedAt } from "#test/support/pipelines.ts";

const hour = 3_600_000;

const alarm = (fields: object = {}, retrain: object | null = { pipeline: "churn" }) => ({
  detail: driftDetected.detail.parse({
    monitor: "watch",
    endpoint: "churn",
    variant: null,
    episode: "20270115T080000000Z",
    reportId: "r",
    reportUri: "s3://data/r",
    score: 2,
    severity: "alert",
    columns: ["age", "income"],
    retrain,
    ...fields,
  }),
});

/** A pipeline that was run before, a day ago. */
async function aPipeline() {
  const fakes = aPipelinesContext();
  await startExecution(fakes.ctx, aRequest({ training: { algorithm: "linear" } }), "ann", "first");
  await finish(fakes.ctx, "first", { status: "succeeded", outcome: "it answers" });
  fakes.state.now += 24 * hour;
  return { ...fakes, retrain: createTask(fakes.ctx), read: async (name: string) => (await fakes.ctx.executions.find(name))?.document };
}
const name = "churn-drift-20270115T080000000Z";

describe("start-retraining", () => {
  it("starts the pipeline as it was last asked for, saying why", async () => {
    const { retrain, read, running } = await aPipeline();

    const result = await retrain(alarm());

    expect(result).toEqual({ started: true, execution: name });
    expect(await read(name)).toMatchObject({
      startedBy: "monitor:watch",
      trigger: "drift",
      reason: "drift (alert) in age, income",
      request: { training: { algorithm: "linear" } },
    });
    expect(running).toContain(name);
  });

  it("replaces the members that the monitor names, but not the pipeline", async () => {
    const { retrain, read } = await aPipeline();

    await retrain(alarm({}, { pipeline: "churn", input: { pipeline: "other", target: "left", approval: { mode: "manual" } } }));

    expect((await read(name))?.request).toMatchObject({ pipeline: "churn", target: "left", approval: { mode: "manual", timeoutSeconds: 604_800 } });
  });

  it("repeats the last request that succeeded rather than a later one that did not", async () => {
    const { ctx, retrain, read, state } = await aPipeline();
    state.now += 1000;
    await startExecution(ctx, aRequest({ target: "nonsense" }), "ann", "second");
    await finish(ctx, "second", { status: "failed", outcome: "no such column" });

    await retrain(alarm());

    expect((await read(name))?.request.target).toBe("churned");
  });

  it("finds the pipeline's request behind hundreds of other pipelines' executions", async () => {
    const { ctx, retrain, state } = await aPipeline();
    for (let index = 0; index < 300; index++) {
      state.now += 1;
      await startExecution(ctx, aRequest({ pipeline: "busy" }), "ann");
    }

    expect(await retrain(alarm())).toMatchObject({ started: true });
  });

  it("starts one execution for an event that comes twice, also when the first has ended", async () => {
    const { ctx, retrain, running } = await aPipeline();
    await retrain(alarm());
    const second = await retrain(alarm());
    running.delete(name);
    await finish(ctx, name, { status: "rejected", outcome: "not better" });

    const third = await retrain(alarm());

    expect([second, third]).toEqual([
      { started: true, execution: name },
      { started: true, execution: name },
    ]);
    expect((await ctx.executions.list(10, undefined, "churn")).documents).toHaveLength(2);
  });

  it("starts one execution where the event comes again after a crash, and the last request is another by then", async () => {
    const { ctx, retrain, state } = await aPipeline();
    const live = killedAt(ctx.executions, "insert");
    await expect(retrain(alarm())).rejects.toThrow("killed");
    live();
    state.now += 1000;
    await startExecution(ctx, aRequest({ target: "left" }), "ann", "second");
    await finish(ctx, "second", { status: "succeeded", outcome: "it answers" });

    expect(await retrain(alarm())).toEqual({ started: true, execution: name });
  });

  it("does not retrain twice within the monitor's cooldown, and does after it", async () => {
    const { retrain, state } = await aPipeline();
    await retrain(alarm());
    state.now += 23 * hour;
    const soon = await retrain(alarm({ episode: "two" }));
    const other = await retrain(alarm({ episode: "three", monitor: "another" }));
    state.now += 2 * hour;

    const later = await retrain(alarm({ episode: "four" }));

    expect(soon).toEqual({ started: false, reason: `cooldown: execution ${name} was started for drift less than 24 hours ago` });
    expect([other, later]).toMatchObject([{ started: true }, { started: true }]);
  });

  it("does nothing where the monitor does not ask for it", async () => {
    const { retrain } = await aPipeline();

    expect(await retrain(alarm({}, null))).toEqual({ started: false, reason: "the monitor does not ask for retraining" });
  });

  it.each([
    ["members that make no request, naming them", { pipeline: "churn", input: { problem: "clustering" } }, /retrain\.input of monitor watch .* problem: /],
    ["a pipeline that never ran", { pipeline: "nobody" }, /pipeline nobody has no execution/],
  ])("refuses %s", async (_title, order, message) => {
    const { retrain } = await aPipeline();

    await expect(retrain(alarm({}, order))).rejects.toThrow(message);
  });
});
