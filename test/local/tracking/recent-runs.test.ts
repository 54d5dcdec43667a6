import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recentRunsContract } from "#contracts/platform/recent-runs.ts";
import type { RunsContext } from "#core/tracking/open-runs.ts";
import { createHandler } from "#functions/mlflow-runs/handler.ts";
import { trackingContext } from "#stores/dynamodb/tracking/tracking-context.ts";
import { call } from "#test/support/call.ts";
import { metered } from "#test/support/metered.ts";
import { startTracking, type TrackingService } from "./tracking-service.ts";

let tracking: TrackingService;
beforeEach(async () => {
  tracking = await startTracking();
});
afterEach(() => tracking.stop());

type Operation = keyof typeof recentRunsContract.routes;
const ask = async (operation: Operation, fields: object = {}, ctx: RunsContext = tracking.context) =>
  (await call(createHandler(ctx), recentRunsContract, operation, { ...fields })).body;
/** The platform as it is asked this many minutes from now. */
const minutesOn = (minutes: number): RunsContext => ({ ...tracking.context, now: () => Date.now() + minutes * 60_000 });
const names = ({ runs }: { runs: readonly { name: string }[] }) => runs.map(({ name }) => name);

/** An experiment with these runs; a run with an end has that status, the others go on. */
async function experimentOf(runs: Readonly<Record<string, { start?: number; end?: number; status?: string }>>) {
  const id = await tracking.newExperiment();
  const ids: Record<string, string> = {};
  for (const [run_name, { start = 1, end, status = "FINISHED" }] of Object.entries(runs)) {
    const run_id = await tracking.newRun(id, { run_name, start_time: start });
    if (end !== undefined) await tracking.runs("updateRun", { run_id, status, end_time: end });
    ids[run_name] = run_id;
  }
  return { id, ids };
}

describe("runs under way", () => {
  it("are found in every experiment, however many were made since, the one that began last first", async () => {
    const old = await experimentOf({ first: { start: 10 }, done: { start: 11, end: 12 } });
    for (let made = 0; made < 12; made++) await tracking.newExperiment();
    await experimentOf({ second: { start: 20 } });
    const { total, runs } = await ask("listRunningRuns");

    expect(total).toBe(2);
    expect(runs).toMatchObject([
      { name: "second", startTime: 20 },
      { name: "first", experimentId: old.id, experimentName: "experiment 0", status: "RUNNING", endTime: null, execution: null },
    ]);
  });

  it("leave the list as they end, are deleted, or their experiment is; and come back as they are resumed or restored", async () => {
    const { id, ids } = await experimentOf({ a: { start: 3 }, b: { start: 2 }, c: { start: 1 } });
    await tracking.runs("updateRun", { run_id: ids["a"], status: "KILLED", end_time: 5 });
    await tracking.runs("deleteRun", { run_id: ids["b"] });
    expect(names(await ask("listRunningRuns"))).toEqual(["c"]);

    await tracking.experiments("deleteExperiment", { experiment_id: id });
    await expect.poll(async () => (await ask("listRunningRuns")).total).toBe(0);

    await tracking.experiments("restoreExperiment", { experiment_id: id });
    await tracking.runs("updateRun", { run_id: ids["a"], status: "RUNNING" });
    await expect.poll(async () => names(await ask("listRunningRuns"))).toEqual(["a", "b", "c"]);
  });

  it("are paged, with how many there are", async () => {
    await experimentOf(Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`run-${index}`, { start: index + 1 }])));

    expect(await ask("listRunningRuns", { from: 2, limit: 3 })).toMatchObject({ total: 7, runs: [{ name: "run-4" }, { name: "run-3" }, { name: "run-2" }] });
    expect((await call(createHandler(tracking.context), recentRunsContract, "listRunningRuns", { limit: 201 })).status).toBe(400);
  });

  it("cost no look at an experiment where nothing runs any more, until a run begins there", async () => {
    await experimentOf({ over: { end: 5 } });
    const { id } = await experimentOf({ on: {} });
    await ask("listRunningRuns", {}, minutesOn(10));
    const meter = metered(tracking.tables.client);
    expect(names(await ask("listRunningRuns"))).toEqual(["on"]);
    const { calls } = meter.take();
    await experimentOf({ more: { start: 9 } });

    expect(calls, `notes, experiment ${id}, its live runs, what is packed`).toBeLessThanOrEqual(5);
    expect(names(await ask("listRunningRuns"))).toEqual(["more", "on"]);
  });

  it("are not lost where a run begins in an experiment that another process noted a moment ago", async () => {
    const { id } = await experimentOf({ over: { end: 5 } });
    const [soon, later] = [minutesOn(1), minutesOn(10)];
    expect((await ask("listRunningRuns", {}, soon)).total).toBe(0);
    await tracking.newRun(id, { run_name: "unnoted" });
    expect(names(await ask("listRunningRuns", {}, soon))).toEqual(["unnoted"]);

    expect(names(await ask("listRunningRuns", {}, later))).toEqual(["unnoted"]);
  });
});

describe("failed runs", () => {
  it("are those that ended as failed after a time, of every experiment, the last first", async () => {
    const now = Date.now();
    await experimentOf({ before: { end: now - 90_000, status: "FAILED" }, fine: { end: now }, late: { end: now + 2, status: "FAILED" } });
    await experimentOf({ early: { end: now + 1, status: "FAILED" }, killed: { end: now + 3, status: "KILLED" } });

    expect(await ask("listFailedRuns", { since: now - 60_000 })).toMatchObject({ total: 2, runs: [{ name: "late", endTime: now + 2 }, { name: "early" }] });
    expect(names(await ask("listFailedRuns"))).toEqual(["late", "early", "before"]);
    expect(await ask("listFailedRuns", { limit: 1, from: 1 })).toMatchObject({ total: 3, runs: [{ name: "early" }] });
  });

  it("are still told of when somebody was away for a week and more failed than a page holds", async () => {
    const week = Date.now() - 7 * 86_400_000;
    await experimentOf(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, { end: week + 1000 * (index + 1), status: "FAILED" }])));
    const { total, runs } = await ask("listFailedRuns", { since: week });

    expect(total).toBe(60);
    expect(runs).toHaveLength(50);
    expect((await ask("listFailedRuns", { since: week, from: 50 })).runs).toHaveLength(10);
  });

  it("are not told of where the run or its experiment is deleted", async () => {
    const kept = await experimentOf({ a: { end: 5, status: "FAILED" }, b: { end: 6, status: "FAILED" } });
    const gone = await experimentOf({ c: { end: 7, status: "FAILED" } });
    await tracking.runs("deleteRun", { run_id: kept.ids["a"] });
    await tracking.experiments("deleteExperiment", { experiment_id: gone.id });

    await expect.poll(async () => names(await ask("listFailedRuns"))).toEqual(["b"]);
  });
});

describe("runs that are looked for", () => {
  it("are found by any part of their name, in any case and letter by letter, the newest first", async () => {
    await experimentOf({ "Bold-Newt_1": { start: 1, end: 2 }, "bold newt 2": { start: 3 }, other: {} });
    await experimentOf({ "a bold-newt": { start: 2 } });

    expect(names(await ask("findRuns", { text: "BOLD" }))).toEqual(["bold newt 2", "a bold-newt", "Bold-Newt_1"]);
    expect(names(await ask("findRuns", { text: "newt_" }))).toEqual(["Bold-Newt_1"]);
    expect(await ask("findRuns", { text: "it's %" })).toEqual({ runs: [], experiments: 2, isWhole: true });
  });

  it("are found by their id, of whatever experiment", async () => {
    const { ids } = await experimentOf({ wanted: {}, other: {} });

    expect(names(await ask("findRuns", { text: ` ${ids["wanted"]?.toUpperCase()} ` }))).toEqual(["wanted"]);
    await tracking.runs("deleteRun", { run_id: ids["wanted"] });
    expect((await ask("findRuns", { text: ids["wanted"] })).runs).toEqual([]);
  });
});

describe("notes of runs", () => {
  it("are written once by a process for a burst of runs, beside the runs and not before them", async () => {
    const id = await tracking.newExperiment();
    const meter = metered(tracking.tables.client);
    await tracking.newRun(id);
    const first = meter.take();
    await Promise.all(Array.from({ length: 50 }, () => tracking.newRun(id)));
    const burst = meter.take();

    expect(first.writeUnits).toBe(2);
    expect(burst.writeUnits).toBe(50);
  });

  it("are written by each process for itself", async () => {
    const id = await tracking.newExperiment();
    await tracking.newRun(id);
    const client = Object.assign(Object.create(Object.getPrototypeOf(tracking.tables.client) as object), tracking.tables.client);
    const other = trackingContext(client, tracking.tables.table("tracking"));
    const at = Date.now() + 60_000;
    await other.activity.note(id, "began", at);

    expect(await tracking.context.activity.list()).toMatchObject([{ experimentId: id, began: at }]);
  });
});
