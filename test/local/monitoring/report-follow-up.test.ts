import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DriftReport } from "#contracts/platform/drift-report.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { begin } from "#core/pipelines/executions.ts";
import { createHandler } from "#functions/monitors/handler.ts";
import { monitorStore } from "#stores/dynamodb/monitoring/monitors.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { reportDocuments } from "#stores/s3/reports.ts";
import { call } from "#test/support/call.ts";
import { traffic } from "#test/support/captured-traffic.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { type MemoryObjects, memoryObjects } from "#test/support/memory-objects.ts";
import { aPipelinesContext, aRequest } from "#test/support/pipelines.ts";

const hour = (k: number) => `2026-03-02T${String(k).padStart(2, "0")}:00:00.000Z`;
const definition = { name: "churn", endpoint: "churn", reference: { uri: "s3://data/train.csv" } };
const report = DriftReport.parse({
  id: "r1",
  monitor: "churn",
  endpoint: "churn",
  variant: null,
  window: { from: hour(1), to: hour(3) },
  createdAt: hour(3),
  referenceUri: "s3://data/train.csv",
  reference: { rows: 1, duplicateRows: 0 },
  current: { rows: 1, duplicateRows: 0 },
  status: "judged",
  severity: "alert",
  score: 2,
  drifted: 1,
  tested: 1,
  findings: [{ rule: "distribution", columns: ["age"], severity: "alert", effect: 1, score: 2, message: "moved" }],
  columns: [],
  thresholds: {},
});

let tables: LocalTables;
let objects: MemoryObjects;
let pipelines: ReturnType<typeof aPipelinesContext>;
beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  objects = memoryObjects();
  pipelines = aPipelinesContext();
  await context().reports.write(report);
  await api("putMonitor", definition);
});

const context = () => ({
  monitors: monitorStore(tables.client, tables.table("platform")),
  reports: reportDocuments(objects, "data"),
  captures: captureStore(objects, "data"),
  pipelines: pipelines.ctx,
  announce: async () => undefined,
  now: () => Date.parse(hour(4)),
});
const api = async (operation: keyof typeof monitorsContract.routes, fields = {}) => await call(createHandler(context()), monitorsContract, operation, fields);
const rows = async (limit: number) => (await api("listReportRows", { name: "churn", id: "r1", limit })).body;

describe("the rows behind a report", () => {
  it("are the newest of its window, of every variant, each once", async () => {
    const [blue, green] = ["blue", "green"].map((variant) => ({ endpoint: "churn", variant }));
    if (!blue || !green) throw new Error("two variants");
    await context().captures.append(blue, [...traffic(hour(0), 5), ...traffic(hour(1), 5), ...traffic(hour(3), 5)]);
    await context().captures.append(green, traffic(hour(2), 3));
    await context().captures.append(green, traffic(hour(2), 2).concat(traffic(hour(2), 3).slice(0, 1)));

    const all = await rows(200);

    const times = all.rows.map((row: { inferenceTime: string }) => row.inferenceTime);
    expect(times).toEqual([...times].toSorted((left, right) => (left < right ? 1 : -1)));
    expect(times.every((time: string) => time >= hour(1) && time < hour(3))).toBe(true);
    expect([all.rows.length, all.isComplete]).toEqual([8, true]);
    expect(all.rows[0]).toMatchObject({
      variant: "green",
      position: 0,
      cells: { age: expect.any(Number), plan: expect.any(String), prediction: expect.any(Number) },
    });
  });

  it("are no more than asked for, and say that there are more", async () => {
    await context().captures.append({ endpoint: "churn", variant: "blue" }, [...traffic(hour(1), 50), ...traffic(hour(2), 50)]);

    const some = await rows(10);

    expect([some.rows.length, some.isComplete, some.rows[9].inferenceTime > hour(2)]).toEqual([10, false, true]);
    expect(await api("listReportRows", { name: "churn", id: "r1", limit: 201 })).toMatchObject({ status: 400 });
    expect(await api("listReportRows", { name: "churn", id: "none" })).toMatchObject({ status: 404 });
  });

  it("read a bounded number of files, and leave out a line that cannot be read", async () => {
    const source = { endpoint: "churn", variant: "blue" };
    for (let k = 0; k < 70; k += 1) await context().captures.append(source, traffic(hour(2), 70).slice(k, k + 1));
    const [file] = await objects.list("data", "captures/");
    if (file) await objects.put({ bucket: "data", key: file.key }, '{"broken": \n');

    const some = await rows(200);

    expect([some.rows.length >= 58 && some.rows.length <= 60, some.isComplete]).toEqual([true, false]);
  });
});

describe("retraining by hand", () => {
  it("starts one execution for a report, in the name of who asked, whatever the cooldown", async () => {
    const refused = await api("retrainAfterReport", { name: "churn", id: "r1" });
    await api("putMonitor", { ...definition, retrain: { pipeline: "churn", cooldownHours: 1000 } });
    await begin(pipelines.ctx, "first", aRequest());

    const started = await api("retrainAfterReport", { name: "churn", id: "r1" });
    const again = await api("retrainAfterReport", { name: "churn", id: "r1" });

    expect(refused).toMatchObject({ status: 400, body: { message: "retrain of monitor churn must name a pipeline, got null" } });
    expect(again).toEqual(started);
    expect([...pipelines.running]).toEqual(["first", started.body.execution]);
    const found = await pipelines.ctx.executions.find(started.body.execution);
    expect(found?.document.request.trigger).toMatchObject({ type: "manual", reason: expect.stringContaining("age") });
    expect(found?.document.request.trigger.by).not.toContain("monitor:");
  });
});
