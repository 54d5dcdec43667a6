import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runsTableContract } from "#contracts/platform/runs-table.ts";
import { createHandler } from "#functions/mlflow-runs/handler.ts";
import { call } from "#test/support/call.ts";
import { startTracking, type TrackingService } from "./tracking-service.ts";

let tracking: TrackingService;
let experimentId: string;
const ids = new Map<string, string>();
const keyValues = (entries: Readonly<Record<string, string>>) => Object.entries(entries).map(([key, value]) => ({ key, value }));

beforeAll(async () => {
  tracking = await startTracking();
  experimentId = await tracking.newExperiment();
  const runs = [
    { name: "a", acc: 0.5, params: { depth: "2", seed: "1" } },
    { name: "b", acc: 0.9, params: { depth: "10", seed: "1" } },
    { name: "c", acc: "NaN", params: { depth: "2", seed: "1" } },
    { name: "d", acc: "Infinity", params: { seed: "1" } },
    { name: "child", params: { depth: "10", seed: "1" }, parent: "a" },
    { name: "grandchild", acc: 0.1, params: { seed: "1" }, parent: "child" },
  ] as const;
  for (const [index, run] of runs.entries()) {
    const run_id = await tracking.newRun(experimentId, { run_name: run.name, start_time: 100 + index });
    ids.set(run.name, run_id);
    const metrics = "acc" in run ? [{ key: "val/acc", value: run.acc, timestamp: 1, step: 1 }] : [];
    const tags = "parent" in run ? { "mlflow.parentRunId": ids.get(run.parent) ?? "" } : {};
    await tracking.metrics("logBatch", { run_id, metrics, params: keyValues(run.params), tags: keyValues(tags) });
  }
  const gone = await tracking.newRun(experimentId, { run_name: "gone", start_time: 500 });
  await tracking.runs("deleteRun", { run_id: gone });
});
afterAll(() => tracking.stop());

const ask = (operation: keyof (typeof runsTableContract)["routes"], fields: object, headers: Readonly<Record<string, string>> = {}) =>
  call(createHandler(tracking.context), runsTableContract, operation, { experimentId, ...fields }, { headers });
const table = async (fields: object) => (await ask("readRunsTable", fields)).body;
const names = (rows: readonly { readonly depth: number; readonly run: { readonly name: string } | null; readonly group: unknown }[]) =>
  rows.map(({ depth, run, group }) => `${" ".repeat(depth)}${run?.name ?? JSON.stringify(group)}`);

describe("the runs table", () => {
  it("holds the asked columns only, and tells nothing, not-a-number and infinity apart", async () => {
    const { rows, total, columns } = await table({ columns: ["metrics.val/acc", "params.depth"], orderBy: ["attributes.start_time"] });

    expect(total).toBe(6);
    expect(rows.map(({ cells }: { cells: unknown }) => cells)).toEqual([
      [0.5, "2"],
      [0.9, "10"],
      ["NaN", "2"],
      ["Infinity", null],
      [null, "10"],
      [0.1, null],
    ]);
    expect(columns[0]).toEqual({ column: "metrics.val/acc", runs: 5, min: 0.1, max: "Infinity" });
    expect(rows[0].run).toMatchObject({ name: "a", status: "RUNNING", startTime: 100, endTime: null, stage: "active" });
  });

  it("filters and orders as MLflow's search does, cuts the window after that, and says how the filter was understood", async () => {
    const { rows, total, conditions } = await table({
      filter: "params.seed = '1' and metrics.`val/acc` >= 0.1",
      orderBy: ["metrics.`val/acc` DESC", "attributes.start_time ASC"],
      from: 1,
      rows: 2,
    });

    expect(names(rows)).toEqual(["b", "a"]);
    expect(total).toBe(4);
    expect(conditions).toEqual([
      { column: "params.seed", operator: "=", texts: ["1"] },
      { column: "metrics.val/acc", operator: ">=", number: 0.1 },
    ]);
  });

  it("shows runs beneath their parents where these are open, and at the top where the parent is not shown", async () => {
    const nested = { nested: "true", orderBy: ["attributes.start_time"] };

    expect(names((await table(nested)).rows)).toEqual(["a", "b", "c", "d"]);
    expect(names((await table({ ...nested, open: [ids.get("a")] })).rows)).toEqual(["a", " child", "b", "c", "d"]);
    expect(names((await table({ ...nested, open: ["*"] })).rows)).toEqual(["a", " child", "  grandchild", "b", "c", "d"]);
    expect(names((await table({ ...nested, filter: "attributes.run_name LIKE '%child'" })).rows)).toEqual(["child"]);
  });

  it("groups by a param with the mean and range of each metric, ordered by the mean, runs beneath", async () => {
    const grouped = { groupBy: ["params.depth"], columns: ["metrics.val/acc", "params.seed", "params.depth"] };
    const { rows, total, runs } = await table(grouped);

    expect({ total, runs }).toEqual({ total: 3, runs: 6 });
    expect(names(rows)).toEqual(['["2"]', '["10"]', "[null]"]);
    expect(rows[0]).toMatchObject({ children: 2, run: null, cells: [{ mean: 0.5, min: 0.5, max: 0.5, count: 2 }, "1", "2"] });
    expect(names((await table({ ...grouped, orderBy: ["metrics.`val/acc` DESC"], open: ['["10"]'] })).rows)).toEqual([
      "[null]",
      '["10"]',
      " b",
      " child",
      '["2"]',
    ]);
  });

  it("shows the deleted runs as the trash", async () => {
    expect(names((await table({ view: "deleted" })).rows)).toEqual(["gone"]);
  });

  it("is unchanged until a run logs something, and then is read anew", async () => {
    const fields = { columns: ["metrics.loss"] };
    const { headers } = await ask("readRunsTable", fields);
    const poll = () => ask("readRunsTable", fields, { "if-none-match": headers["etag"] ?? "" });

    expect(await poll()).toMatchObject({ status: 304, body: "" });
    await tracking.metrics("logMetric", { run_id: ids.get("b"), key: "loss", value: 3, timestamp: 1, step: 1 });
    expect(await poll()).toMatchObject({ status: 200 });
  });

  it.each([
    [{ filter: "metrics.acc >" }, "filter: "],
    [{ orderBy: ["params"] }, "order_by"],
    [{ groupBy: ["metrics.loss"] }, "groupBy must name params or tags"],
    [{ columns: ["loss"] }, "metrics., params. or tags."],
    [{ rows: 1001 }, "1000"],
    [{ columns: Array.from({ length: 101 }, (_, index) => `metrics.m${index}`) }, "100"],
  ])("refuses %o with a reason", async (fields, reason) => {
    expect(await ask("readRunsTable", fields)).toMatchObject({ status: 400, body: { message: expect.stringContaining(reason) } });
  });

  it("refuses an experiment that is not there", async () => {
    expect(await ask("readRunsTable", { experimentId: "999999" })).toMatchObject({ status: 404 });
    expect(await ask("listRunColumns", { experimentId: "999999" })).toMatchObject({ status: 404 });
  });
});

describe("the columns of an experiment", () => {
  it("are found by a part of their name or a pattern, with how many runs have them", async () => {
    const { total, counts, columns } = (await ask("listRunColumns", { search: "ACC" })).body;

    expect({ total, counts }).toMatchObject({ total: 1, counts: { metrics: 2, params: 2 } });
    expect(columns).toEqual([{ column: "metrics.val/acc", runs: 5, differs: true }]);
    expect((await ask("listRunColumns", {})).body.usual).toEqual(["metrics.val/acc", "metrics.loss", "params.seed", "params.depth"]);
    expect((await ask("listRunColumns", { search: "metrics.val/*" })).body.total).toBe(1);
    expect((await ask("listRunColumns", { search: "val/*" })).body.total).toBe(1);
    expect((await ask("listRunColumns", { search: "al/*" })).body.total).toBe(0);
  });

  it("can leave out those in which all runs agree", async () => {
    const { columns } = (await ask("listRunColumns", { search: "params.", differing: "true" })).body;

    expect(columns.map(({ column }: { column: string }) => column)).toEqual(["params.depth"]);
  });
});
