import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTracking, type TrackingService } from "./tracking-service.ts";
import { invalid } from "./wire-points.ts";

let tracking: TrackingService;
let experiment_id: string;
const ids = new Map<string, string>();
type Fields = Readonly<Record<string, unknown>>;

const dataset = { dataset: { name: "iris", digest: "d1", source_type: "local", source: "{}" }, tags: [{ key: "mlflow.data.context", value: "train" }] };

beforeAll(async () => {
  tracking = await startTracking();
  experiment_id = await tracking.newExperiment();
  const runs = [
    { name: "a", start: 100, acc: 0.91, params: { lr: "0.1", "batch size": "32" }, tags: { team: "Vision" }, status: "FINISHED", end: 150 },
    { name: "b", start: 300, acc: 0.95, params: { lr: "0.01" }, tags: { team: "speech" }, status: "FAILED", end: 350 },
    { name: "c", start: 200, acc: "NaN", params: { lr: "0.1" }, tags: {}, status: "RUNNING" },
    { name: "d", start: 300, params: {}, tags: { note: "say \"hi\", and 'bye'" }, status: "RUNNING" },
  ];
  for (const { name, start, acc, params, tags, status, end } of runs) {
    const run_id = await tracking.newRun(experiment_id, { run_name: name, start_time: start, user_id: name === "a" ? "ann" : "bob" });
    ids.set(name, run_id);
    const listed = (entries: Fields) => Object.entries(entries).map(([key, value]) => ({ key, value }));
    const metrics =
      acc === undefined
        ? []
        : [
            { key: "val/acc", value: acc, timestamp: 1, step: 2 },
            { key: "val/acc", value: 0.5, timestamp: 9, step: 1 },
          ];
    await tracking.metrics("logBatch", { run_id, metrics, params: listed(params), tags: listed(tags) });
    await tracking.runs("updateRun", { run_id, status, ...(end !== undefined && { end_time: end }) });
  }
  await tracking.inputs("logInputs", { run_id: ids.get("a"), datasets: [dataset] });
  const gone = await tracking.newRun(experiment_id, { run_name: "gone", start_time: 400 });
  ids.set("gone", gone);
  await tracking.runs("deleteRun", { run_id: gone });
});
afterAll(() => tracking.stop());

const found = async (fields: Fields): Promise<string> => {
  const { status, body } = await tracking.runs("searchRuns", { experiment_ids: [experiment_id], ...fields });
  expect({ status, message: body.message }).toEqual({ status: 200, message: undefined });
  return (body.runs ?? []).map((run: { info: { run_name: string } }) => run.info.run_name).join("");
};

describe("searchRuns", () => {
  it("shows active runs, newest first, each as runs/get shows it", async () => {
    const { body } = await tracking.runs("searchRuns", { experiment_ids: [experiment_id] });
    const byId = [ids.get("b"), ids.get("d")].sort((x = "", y = "") => (x < y ? -1 : 1));

    expect(body.runs.map((run: { info: { run_id: string } }) => run.info.run_id)).toEqual([...byId, ids.get("c"), ids.get("a")]);
    for (const run of body.runs) expect(run).toEqual(await tracking.get(run.info.run_id));
  });

  it.each([
    ["metrics.`val/acc` > 0.9", "ab"],
    ['metric."val/acc" >= 0.95', "b"],
    ["metrics.`val/acc` != 0.91", "bc"],
    ["metrics.`val/acc` > 0.9 AND params.lr = '0.1'", "a"],
    ["params.`batch size` LIKE '3_'", "a"],
    ["params.lr != '0.1'", "b"],
    ["params.lr IS NULL", "d"],
    ["tags.team ILIKE 'v%' and parameters.lr = \"0.1\"", "a"],
    ["tags.team LIKE 'v%'", ""],
    ["tags.team IS NOT NULL", "ab"],
    ["tags.note LIKE '%\"hi\"%'", "d"],
    ["tags.mlflow.runName = 'c'", "c"],
    ["attributes.status = 'RUNNING'", "cd"],
    ["status != 'RUNNING'", "ab"],
    ["run_name LIKE '%'", "abcd"],
    ["attributes.`Run name` = 'b'", "b"],
    ["user_id = 'ann'", "a"],
    ["artifact_uri LIKE 'mlflow-artifacts:/%'", "abcd"],
    ["start_time >= 200 AND start_time < 300", "c"],
    ["end_time > 0", "ab"],
    ["created = 100", "a"],
    ["dataset.name = 'iris' AND datasets.context IN ('train', 'test')", "a"],
    ["dataset.digest != 'd1'", ""],
    ["", "abcd"],
  ])("finds by %s: %s", async (filter, names) => {
    expect(await found({ filter, order_by: ["run_name"] })).toBe(names);
  });

  it("finds by run id, in lists as well, only in the experiments asked", async () => {
    const list = ["a", "c", "gone"].map((name) => `'${ids.get(name)}'`).join(", ");

    expect(await found({ filter: `attributes.run_id IN (${list})`, order_by: ["run_name"] })).toBe("ac");
    expect(await found({ filter: `run_id = '${ids.get("b")}'` })).toBe("b");
    expect(await found({ filter: `run_id NOT IN (${list})`, order_by: ["run_name"] })).toBe("bd");
    expect(await found({ filter: `run_id = '${ids.get("b")}'`, experiment_ids: ["0"] })).toBe("");
    expect(await found({ filter: "run_id = 'nobody'" })).toBe("");
  });

  it.each([
    [["metrics.`val/acc` DESC"], "bacd"],
    [["metrics.`val/acc`"], "abcd"],
    [["params.lr DESC", "run_name DESC"], "cabd"],
    [["tags.team asc", "run_name ASC"], "abcd"],
    [["attributes.start_time ASC", "run_name"], "acbd"],
    [["status", "run_name DESC"], "badc"],
    [["end_time DESC", "run_name"], "bacd"],
  ])("orders by %s: %s", async (order_by, names) => {
    expect(await found({ order_by })).toBe(names);
  });

  it("shows deleted runs when asked, and those of deleted experiments", async () => {
    expect(await found({ run_view_type: "DELETED_ONLY" })).toBe("gone");
    expect(await found({ run_view_type: 3, order_by: ["start_time DESC"], max_results: 1 })).toBe("gone");

    const other = await tracking.newExperiment();
    await tracking.newRun(other, { run_name: "inside" });
    await tracking.experiments("deleteExperiment", { experiment_id: other });
    expect(await found({ experiment_ids: [other] })).toBe("");
    expect(await found({ experiment_ids: [other], run_view_type: "DELETED_ONLY" })).toBe("inside");
    expect(await found({ experiment_ids: [other], run_view_type: "ALL" })).toBe("inside");
  });

  it("searches no experiment when none is given, and skips unknown ones", async () => {
    expect(await tracking.runs("searchRuns", {})).toMatchObject({ status: 200, body: {} });
    expect(await found({ experiment_ids: ["999999", "abc"] })).toBe("");
  });

  it.each([1, 2, 3])("walks all runs once in pages of %i, also while others come and go", async (max_results) => {
    const names: string[] = [];
    let page_token: string | undefined;
    do {
      const order_by = ["metrics.`val/acc` DESC"];
      const { body } = await tracking.runs("searchRuns", { experiment_ids: [experiment_id], max_results, order_by, ...(page_token && { page_token }) });
      names.push(...body.runs.map((run: { info: { run_name: string } }) => run.info.run_name));
      page_token = body.next_page_token;
      const extra = await tracking.newRun(experiment_id, { run_name: "extra", start_time: 1 });
      await tracking.runs("deleteRun", { run_id: extra });
    } while (page_token);

    expect(names.join("")).toBe("bacd");
  });

  it("refuses a page token of another search", async () => {
    const first = await tracking.runs("searchRuns", { experiment_ids: [experiment_id], max_results: 1 });
    const page_token = first.body.next_page_token;

    expect(await tracking.runs("searchRuns", { experiment_ids: [experiment_id], page_token, filter: "params.lr = '0.1'" })).toMatchObject(
      invalid(/page_token/),
    );
    expect(await tracking.runs("searchRuns", { experiment_ids: [experiment_id], page_token: "%%%" })).toMatchObject(invalid(/page_token/));
  });

  it.each([
    [{ max_results: 0 }, /max_results/],
    [{ max_results: 50_001 }, /at most 50000/],
    [{ filter: "metrics.acc = '0.9'" }, /number/],
    [{ filter: "params.lr = 0.1" }, /quoted/],
    [{ filter: "params.lr > '0.1'" }, /operator/],
    [{ filter: "METRICS.acc > 1" }, /entity/],
    [{ filter: "status IN ('RUNNING')" }, /operator/],
    [{ filter: "lifecycle_stage = 'active'" }, /attribute/],
    [{ filter: "dataset.source = 'x'" }, /datasets/],
    [{ filter: "metrics.acc == 1" }, /operator/],
    [{ filter: "   " }, /white space/],
    [{ order_by: ["metrics.acc NULLS LAST"] }, /ASC or DESC/],
    [{ order_by: ["start_time", "attributes.start_time DESC"] }, /twice/],
    [{ order_by: ["datasets.name"] }, /order_by/],
    [{ run_view_type: "SOME" }, /run_view_type/],
  ])("refuses %j", async (fields, message) => {
    expect(await tracking.runs("searchRuns", { experiment_ids: [experiment_id], ...fields })).toMatchObject(invalid(message));
  });
});
