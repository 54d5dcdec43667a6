import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod";
import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import { DriftReport, type Finding } from "#contracts/platform/drift-report.ts";
import { monitorPreviewContract, type ReportPreview } from "#contracts/platform/monitor-previews.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { countedOf } from "#core/monitoring/mutes.ts";
import { runRequested } from "#core/monitoring/run-monitor.ts";
import { createHandler } from "#functions/monitors/handler.ts";
import { observe } from "#stores/duckdb/observe.ts";
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

const hour = (k: number) => `2026-03-02T${String(k).padStart(2, "0")}:00:00.000Z`;
const name = "churn";
const definition = {
  name,
  endpoint: "churn",
  reference: { uri: "s3://data/train.csv" },
  ignore: ["churned"],
  windowMinutes: 60,
  alarm: { raise: { windows: 1, of: 1 }, clear: { windows: 1 } },
};
let tables: LocalTables;
let objects: MemoryObjects;
let events: PlatformEvent[];
let now: number;

function context() {
  const captures = captureStore(objects, "data");
  const files = {
    objects,
    bucket: "data",
    captures,
    compacted: compactedCaptures(objects, "data"),
    datasets: datasetStore(tables.client, tables.table("platform")),
  };
  return {
    captures,
    monitors: monitorStore(tables.client, tables.table("platform")),
    pipelines: aPipelinesContext().ctx,
    reports: reportDocuments(objects, "data"),
    observe: observe(files, 128),
    announce: async (event: PlatformEvent) => void events.push(event),
    now: () => now,
  };
}
const api = async (operation: keyof typeof monitorsContract.routes, fields = {}) =>
  await call(createHandler(context()), monitorsContract, operation, { name, ...fields });
/** Captures an hour of traffic whose ages moved, and judges it. @returns the report */
async function pass(k: number, shift: number) {
  await captureStore(objects, "data").append({ endpoint: "churn", variant: "blue" }, traffic(hour(k), 300, shift));
  now = Date.parse(hour(k + 1)) + 3 * 60_000;
  await runRequested(context(), undefined);
  const { lastReportId, state } = (await api("getMonitor")).body.status;
  return { state, report: DriftReport.parse((await api("getReport", { id: lastReportId })).body) };
}
const ruleOf = (report: DriftReport) => report.findings.flatMap(({ columns }) => columns);

beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(async () => await tables.stop());
beforeEach(async () => {
  objects = memoryObjects();
  events = [];
  now = Date.parse(hour(0));
  await objects.put({ bucket: "data", key: "train.csv" }, trainingCsv(2000));
  await monitorStore(tables.client, tables.table("platform")).remove(name);
  await api("putMonitor", definition);
});

describe("a muted column", () => {
  it("is still reported, and raises no alarm; the report says who muted it and what the alarm counted", async () => {
    await api("mute", { column: "age", until: hour(12), reason: "new form" });

    const { state, report } = await pass(0, 15);

    expect(ruleOf(report)).toContain("age");
    expect(report.score).toBeGreaterThan(1);
    expect(report.muted).toMatchObject({ score: 0, mutes: [{ column: "age", by: "tester", reason: "new form", until: hour(12) }] });
    expect([state, events]).toEqual(["ok", []]);
  });

  it("counts again once its time has come, or once it is let", async () => {
    await api("mute", { column: "age", until: hour(1), reason: "an hour" });
    expect((await pass(0, 15)).state).toBe("alarm");
    expect((await pass(1, 0)).state).toBe("ok");

    await api("mute", { column: "age", until: hour(20), reason: "longer" });
    expect((await pass(2, 15)).state).toBe("ok");
    expect((await api("unmute", { column: "age" })).body.mutes).toEqual([]);
    expect((await pass(3, 15)).state).toBe("alarm");
  });

  it("does not hide another one", async () => {
    await api("mute", { column: "plan", until: hour(12), reason: "plans are being renamed" });

    expect((await pass(0, 15)).state).toBe("alarm");
  });
});

describe("a muted monitor", () => {
  it("goes on reporting, and its alarm stays as it is", async () => {
    expect((await pass(0, 15)).state).toBe("alarm");
    await api("mute", { until: hour(12), reason: "maintenance" });

    expect((await pass(1, 0)).state).toBe("alarm");
    expect((await api("listReports")).body.reports).toHaveLength(2);
    await api("unmute");
    expect((await pass(2, 0)).state).toBe("ok");
    expect(events.map(({ detailType }) => detailType)).toEqual(["drift.detected", "drift.cleared"]);
  });
});

describe("muting", () => {
  it("keeps what others mute at the same time, and the last reason of one column", async () => {
    await Promise.all(["age", "plan"].map((column) => api("mute", { column, until: hour(5), reason: "first" })));
    const { body } = await api("mute", { column: "age", until: hour(6), reason: "second" });

    expect(body.mutes.map(({ column, reason }: { readonly column: string; readonly reason: string }) => [column, reason]).toSorted()).toEqual([
      ["age", "second"],
      ["plan", "first"],
    ]);
  });

  it("survives a new definition", async () => {
    await api("mute", { column: "age", until: hour(5), reason: "first" });

    expect((await api("putMonitor", { ...definition, windowMinutes: 30 })).body.mutes).toHaveLength(1);
  });

  it.each([
    ["a time that has passed", { until: hour(0), reason: "late" }, /^until must be after now, 2026-03-02T00:00:00.000Z, got 2026-03-02T00:00:00.000Z$/],
    ["no reason", { until: hour(1), reason: "" }, /^reason/],
    ["no time", { until: "tomorrow", reason: "x" }, /^until/],
  ])("is refused with %s", async (_what, fields, message) => {
    expect(await api("mute", fields)).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) } });
  });

  it("is refused for a monitor that is not there", async () => {
    expect(await api("mute", { name: "nobody", until: hour(1), reason: "x" })).toMatchObject({ status: 404 });
  });
});

describe("what the alarm counts", () => {
  const finding = (columns: string[], severity: "warning" | "alert", score: number): Finding => ({
    rule: "correlation",
    columns,
    severity,
    effect: score,
    score,
    message: "",
  });
  const report = DriftReport.parse({
    ...{ id: "r", monitor: name, endpoint: name, variant: null, createdAt: hour(0), referenceUri: "s3://data/x" },
    window: { from: hour(0), to: hour(1) },
    reference: { rows: 9, duplicateRows: 0 },
    current: { rows: 9, duplicateRows: 0 },
    status: "judged",
    ...{ severity: "alert", score: 3, drifted: 0, tested: 0, columns: [], thresholds: {} },
    findings: [finding(["a", "b"], "alert", 3), finding(["c"], "warning", 0.5)],
  });
  const mute = (column: string | null) => ({ column, until: hour(9), reason: "", by: "", at: hour(0) });

  it("is no finding that a muted column has a part in", () => {
    expect(countedOf(report, [mute("b")])).toMatchObject({ status: "judged", severity: "warning", score: 0.5 });
    expect(countedOf(report, [])).toMatchObject({ severity: "alert", score: 3 });
  });

  it("is no window of a muted monitor", () => {
    expect(countedOf(report, [mute(null)]).status).toBe("insufficient");
  });
});

describe("other thresholds", () => {
  const higher = { notice: 4, warning: 5, alert: 6 };
  const preview = async (fields: object) => await call(createHandler(context()), monitorPreviewContract, "previewThresholds", { name, ...fields });

  it("are tried on the last reports: what these would have said, and where the alarm would have stood, without a change", async () => {
    await pass(0, 0);
    await pass(1, 15);

    const { reports } = (
      await preview({ thresholds: { numeric: higher, outOfRange: higher, duplicates: higher, categorical: higher }, alarm: definition.alarm })
    ).body;

    expect(reports.map(({ before, after, alarm, isExact }: z.output<typeof ReportPreview>) => [before.severity, after.severity, alarm, isExact])).toEqual([
      ["alert", "none", "ok", true],
      [reports[1].before.severity, "none", "ok", true],
    ]);
    const same = (await preview({ alarm: definition.alarm })).body.reports;
    expect(same.map(({ alarm }: z.output<typeof ReportPreview>) => alarm)).toEqual(["alarm", "ok"]);
    expect((await api("getMonitor")).body).toMatchObject({ status: { state: "alarm" }, thresholds: { numeric: { alert: 0.2 } } });
  });

  it("are refused where they do not ascend, and for a monitor that is not there", async () => {
    expect(await preview({ thresholds: { numeric: { notice: 2, warning: 1, alert: 3 } } })).toMatchObject({ status: 400 });
    expect(await preview({ name: "nobody" })).toMatchObject({ status: 404 });
  });
});
