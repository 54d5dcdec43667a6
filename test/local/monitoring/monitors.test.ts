import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import { DetectDriftOutput } from "#contracts/platform/monitoring-tasks.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { createTask as compactTask } from "#functions/compact-captures/handler.ts";
import { createTask as detectTask } from "#functions/detect-drift/handler.ts";
import { createHandler } from "#functions/monitors/handler.ts";
import { compactHour } from "#stores/duckdb/captured-window.ts";
import { observe } from "#stores/duckdb/observe.ts";
import { withDuckDb } from "#stores/duckdb/session.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { monitorStore } from "#stores/dynamodb/monitoring/monitors.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { compactedCaptures } from "#stores/s3/compacted-captures.ts";
import { reportDocuments } from "#stores/s3/reports.ts";
import { call } from "#test/support/call.ts";
import { traffic, trainingCsv } from "#test/support/captured-traffic.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { type MemoryObjects, memoryObjects } from "#test/support/memory-objects.ts";
import { aPipelinesContext } from "#test/support/pipelines.ts";

const blue = { endpoint: "churn", variant: "blue" };
const alarm = { raise: { windows: 2, of: 3 }, clear: { windows: 2 } };
const definition = { name: "churn", endpoint: "churn", reference: { uri: "s3://data/train.csv" }, ignore: ["churned"], windowMinutes: 60, alarm };

let tables: LocalTables;
let objects: MemoryObjects;
let events: PlatformEvent[];
let now: number;
let busIsDown: boolean;

const at = (time: string) => Date.parse(`2026-03-02T${time}:00Z`);
const hour = (k: number) => `2026-03-02T${String(k).padStart(2, "0")}:00:00.000Z`;
const captures = () => captureStore(objects, "data");

function context() {
  const table = tables.table("platform");
  const files = { objects, bucket: "data", captures: captures(), compacted: compactedCaptures(objects, "data"), datasets: datasetStore(tables.client, table) };
  return {
    files,
    captures: files.captures,
    monitors: monitorStore(tables.client, table),
    pipelines: aPipelinesContext().ctx,
    reports: reportDocuments(objects, "data"),
    observe: observe(files, 128),
    compact: async (source: typeof blue, of: Parameters<typeof compactHour>[3]) =>
      await withDuckDb(async (session) => await compactHour(session, files, source, of)),
    announce: async (event: PlatformEvent) => {
      if (busIsDown) throw new Error("no bus");
      events.push(event);
    },
    now: () => now,
  };
}
const api = async (operation: keyof typeof monitorsContract.routes, fields = {}) => await call(createHandler(context()), monitorsContract, operation, fields);
const detect = async (input = {}) => DetectDriftOutput.parse(await detectTask(context())(input));
/** Captures an hour of traffic, and looks for drift once it has ended. */
async function pass(k: number, shift = 0) {
  await captures().append(blue, traffic(hour(k), 300, shift));
  now = Date.parse(hour(k + 1)) + 3 * 60_000;
  return await detect();
}

beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(async () => await tables.stop());
beforeEach(async () => {
  objects = memoryObjects();
  events = [];
  busIsDown = false;
  now = at("00:00");
  await objects.put({ bucket: "data", key: "train.csv" }, trainingCsv(2000));
  await monitorStore(tables.client, tables.table("platform")).remove("churn");
});

describe("a monitor", () => {
  it("is silent while requests look like the training set", async () => {
    await api("putMonitor", definition);

    for (const k of [0, 1, 2]) await pass(k);

    const { reports } = (await api("listReports", { name: "churn" })).body;
    expect(reports.map((report: { status: string; rows: number }) => [report.status, report.rows])).toEqual(Array(3).fill(["judged", 300]));
    expect(reports.filter((report: { score: number }) => report.score >= 1)).toEqual([]);
    expect(events).toEqual([]);
  });

  it("raises once per episode, says which column, and clears once it is quiet again", async () => {
    await api("putMonitor", { ...definition, retrain: { pipeline: "churn", input: { epochs: 3 } } });

    for (const [k, shift] of [0, 15, 15, 15, 0, 0, 15].entries()) await pass(k, shift);

    expect(events).toEqual([
      {
        detailType: "drift.detected",
        detail: expect.objectContaining({
          monitor: "churn",
          endpoint: "churn",
          variant: null,
          episode: "20260302T030000000Z",
          severity: "alert",
          columns: ["age"],
          retrain: { pipeline: "churn", input: { epochs: 3 }, cooldownHours: 24 },
        }),
      },
      { detailType: "drift.cleared", detail: expect.objectContaining({ episode: "20260302T030000000Z", reportId: "20260302T060000000Z" }) },
    ]);
    expect((await api("getMonitor", { name: "churn" })).body.status).toMatchObject({ state: "pending", lastWindowTo: "2026-03-02T07:00:00.000Z" });
    const { reports } = (await api("listReports", { name: "churn" })).body;
    const after = reports.map(({ alarm: state }: { readonly alarm: string }) => state).toReversed();
    expect(after).toEqual(["ok", "pending", "alarm", "alarm", "alarm", "ok", "pending"]);
  });

  it("counts a window once, however often it is judged", async () => {
    await api("putMonitor", definition);
    await pass(0, 15);

    expect(await detect()).toEqual({ judged: [], failed: [] });
    await detect({ monitor: "churn", now: at("01:00") });

    expect((await api("listReports", { name: "churn" })).body.reports).toHaveLength(1);
    expect((await api("getMonitor", { name: "churn" })).body.status.state).toBe("pending");
  });

  it("announces an episode even if the bus was down when it began", async () => {
    await api("putMonitor", definition);
    await pass(0, 15);
    busIsDown = true;

    expect((await pass(1, 15)).failed).toEqual([{ monitor: "churn", error: "Error: no bus" }]);
    busIsDown = false;
    await pass(2, 15);

    expect(events.map(({ detailType }) => detailType)).toEqual(["drift.detected"]);
  });

  it("says that nothing was captured, and neither raises nor clears on it", async () => {
    await api("putMonitor", definition);
    now = at("01:03");

    await detect();

    const [report] = (await api("listReports", { name: "churn" })).body.reports;
    expect(report).toMatchObject({ status: "noData", severity: "none", rows: 0 });
    expect((await api("getMonitor", { name: "churn" })).body.status).toMatchObject({ state: "ok", emptyWindows: 1 });
  });

  it("that fails does not keep another one from its turn", async () => {
    await api("putMonitor", definition);
    await api("putMonitor", { ...definition, name: "broken", reference: { uri: "s3://data/gone.csv" } });

    const outcome = await pass(0);
    await api("deleteMonitor", { name: "broken" });

    expect(outcome).toEqual({
      judged: [{ monitor: "churn", reportId: "20260302T010000000Z", severity: "none" }],
      failed: [{ monitor: "broken", error: "DomainError: reference s3://data/gone.csv not found" }],
    });
  });

  it("compares predictions too where its reference is captured traffic", async () => {
    await captures().append(blue, traffic(hour(0), 300));
    await api("putMonitor", { ...definition, reference: { captured: { from: hour(0), to: hour(1) } } });

    await pass(1, 15);

    const { columns } = (await api("getReport", { name: "churn", id: "20260302T020000000Z" })).body;
    expect(columns.map((column: { name: string; status: string }) => `${column.name} ${column.status}`)).toEqual([
      "age drifted",
      "prediction stable",
      "plan stable",
    ]);
  });

  it("counts a prediction once that was delivered twice, and reads a compacted hour as it reads its lines", async () => {
    await api("putMonitor", definition);
    await captures().append(blue, traffic(hour(0), 300, 15));
    await captures().append(blue, traffic(hour(0), 300, 15).slice(0, 50));
    await detect({ monitor: "churn", now: at("01:00") });
    const fromLines = (await api("getReport", { name: "churn", id: "20260302T010000000Z" })).body;
    now = at("02:00");

    expect(await compactTask(context())({})).toEqual({ compacted: 1 });
    expect(await compactTask(context())({})).toEqual({ compacted: 0 });
    for (const key of objects.keys().filter((one) => one.startsWith("captures/"))) await objects.put({ bucket: "data", key }, "");
    await detect({ monitor: "churn", now: at("01:00") });

    const fromParquet = (await api("getReport", { name: "churn", id: "20260302T010000000Z" })).body;
    expect(fromLines.current.rows).toBe(300);
    expect({ ...fromParquet, createdAt: fromLines.createdAt }).toEqual(fromLines);
  });

  it("is asked for a report now by an event that names the report to come", async () => {
    await api("putMonitor", definition);
    await captures().append(blue, traffic(hour(0), 300));
    now = at("00:40");

    const { reportId } = (await api("runMonitor", { name: "churn" })).body;
    const [event] = events;
    await detect({ source: "capstan", "detail-type": event?.detailType, detail: event?.detail });

    const page = await api("getReportPage", { name: "churn", id: reportId });
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(page.body).toContain("<h1>Drift of churn</h1>");
    expect((await api("getReport", { name: "churn", id: reportId })).body.current.rows).toBe(200);
  });

  it("keeps its alarm when its definition changes", async () => {
    await api("putMonitor", definition);
    await pass(0, 15);

    const changed = await api("putMonitor", { ...definition, windowMinutes: 120 });

    expect(changed.body).toMatchObject({ windowMinutes: 120, status: { state: "pending" } });
    expect((await api("listMonitors", { endpoint: "churn" })).body.monitors).toEqual([changed.body]);
    expect((await api("listMonitors", { endpoint: "other" })).body.monitors).toEqual([]);
  });

  it.each([
    [{ schedule: "hourly" }, "schedule must be rate(...) or cron(...) with six fields, got hourly"],
    [{ alarm: { raise: { windows: 3, of: 2 } } }, "alarm.raise: windows must be at most of"],
    [{ thresholds: { numeric: { notice: 3, warning: 2, alert: 1 } } }, "thresholds.numeric: must ascend"],
    [{ reference: { captured: { from: hour(1), to: hour(1) } } }, "reference.captured.from must be before to"],
  ])("is refused with %j", async (fields, message) => {
    expect(await api("putMonitor", { ...definition, ...fields })).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining(message) },
    });
  });

  it.each(["getMonitor", "runMonitor", "listReports", "deleteMonitor"] as const)("that is not there: %s answers 404", async (operation) => {
    expect(await api(operation, { name: "nobody" })).toMatchObject({ status: 404, body: { message: "monitor nobody not found" } });
  });
});
