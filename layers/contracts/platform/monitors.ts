import * as z from "zod";
import { content, defineContract } from "../route.ts";
import { DriftReport, Mute, Severity, Thresholds } from "./drift-report.ts";

export const monitorName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "must be 1 to 63 letters, digits, dots, underscores or hyphens");
const name = monitorName;

export const Retrain = z
  .strictObject({
    pipeline: z.string().min(1),
    input: z.record(z.string(), z.json()).default({}),
    cooldownHours: z.number().min(0).default(24).describe("No second retraining of this monitor within this time."),
  })
  .meta({ id: "Retrain", description: "The pipeline to start when the alarm is raised." });

export const MonitoredFeature = z
  .strictObject({ name: z.string().min(1), type: z.enum(["numeric", "categorical"]) })
  .meta({ id: "MonitoredFeature", description: "A column to watch: of the request's features or of the prediction." });
export type MonitoredFeature = z.output<typeof MonitoredFeature>;

export const Alarm = z
  .strictObject({
    raise: z
      .strictObject({
        windows: z.int().min(1).max(24).default(2),
        of: z.int().min(1).max(24).default(3),
        score: z.number().positive().default(1).describe("A window at or above this score counts as a breach."),
      })
      .refine((it) => it.windows <= it.of, "windows must be at most of")
      .prefault({}),
    clear: z
      .strictObject({
        windows: z.int().min(1).max(24).default(3).describe("Consecutive windows."),
        score: z.number().min(0).default(0.8).describe("A window below this score counts as quiet."),
      })
      .prefault({}),
  })
  .refine((it) => it.clear.score <= it.raise.score, "clear.score must be at most raise.score")
  .meta({ id: "Alarm", description: "Raised after `windows` of the last `of` windows breached; cleared after consecutive quiet ones." });

export const MonitorReference = z
  .union([
    z.strictObject({ dataset: z.string().min(1), version: z.string().min(1) }),
    z.strictObject({ uri: z.string().startsWith("s3://") }),
    z.strictObject({ captured: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }) }),
  ])
  .meta({
    id: "MonitorReference",
    description: "A dataset's version; Parquet, CSV or JSON lines in S3; or what was captured in a past period, predictions included.",
  });
export type MonitorReference = z.output<typeof MonitorReference>;

export const MonitorDefinition = z
  .object({
    name,
    endpoint: z.string().min(1),
    variant: z.string().min(1).nullable().default(null).describe("Null: all variants together."),
    reference: MonitorReference,
    features: z.array(MonitoredFeature).max(2000).nullable().default(null).describe("Null: every column of the reference, by its type."),
    ignore: z.array(z.string()).default([]).describe("Columns of the reference that requests do not carry, such as the label."),
    windowMinutes: z
      .int()
      .min(5)
      .max(60 * 24 * 31)
      .default(1440),
    schedule: z.string().default("rate(1 hour)").describe("EventBridge's rate(...) or cron(...), UTC. A window ends at each."),
    enabled: z.boolean().default(true),
    thresholds: Thresholds.prefault({}),
    alarm: Alarm.prefault({}),
    retrain: Retrain.nullable().default(null),
  })
  .meta({ id: "MonitorDefinition", description: "What is compared with what, how often, and what follows." });
export type MonitorDefinition = z.output<typeof MonitorDefinition>;

const AlarmState = z.enum(["ok", "pending", "alarm"]);
export const MonitorState = z
  .object({
    state: AlarmState,
    episode: z.string().nullable(),
    raisedAt: z.iso.datetime().nullable(),
    lastWindowTo: z.iso.datetime().nullable(),
    lastReportId: z.string().nullable(),
    lastSeverity: Severity.nullable(),
    lastScore: z.number().nullable(),
    emptyWindows: z.int().describe("Consecutive windows in which nothing was captured."),
  })
  .meta({ id: "MonitorState", description: "Where a monitor's alarm stands." });

export const Monitor = MonitorDefinition.extend({
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  status: MonitorState,
  mutes: z.array(Mute).describe("Those in force."),
}).meta({
  id: "Monitor",
  description: "A monitor and the state of its alarm.",
});

export const ReportSummary = DriftReport.pick({
  id: true,
  monitor: true,
  window: true,
  createdAt: true,
  status: true,
  severity: true,
  score: true,
  drifted: true,
  tested: true,
})
  .extend({
    rows: z.int().describe("Rows of the current window."),
    uri: z.string(),
    alarm: AlarmState.optional().describe("Where the alarm stood after this window; absent where it was not written down yet."),
  })
  .meta({ id: "DriftReportSummary", description: "A drift report without its columns." });
export type ReportSummary = z.output<typeof ReportSummary>;

export const CapturedRow = z
  .object({
    eventId: z.string(),
    position: z.int().describe("Place within its request."),
    variant: z.string(),
    inferenceTime: z.iso.datetime(),
    cells: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).describe("Features and predictions by name."),
  })
  .meta({ id: "CapturedRow", description: "One row that an endpoint was asked, with what it answered." });
export type CapturedRow = z.output<typeof CapturedRow>;

const byName = z.object({ name });
const byReport = z.object({ name, id: z.string().regex(/^[A-Za-z0-9]{1,64}$/, "must be 1 to 64 letters or digits") });

export const monitorsContract = defineContract({
  name: "monitors",
  surface: "platform",
  summary: "Drift monitors of endpoints, and their reports.",
  routes: {
    putMonitor: {
      method: "PUT",
      path: "/capstan/v1/monitors/{name}",
      summary: "Create a monitor, or replace its definition. Its alarm's state and reports stay.",
      request: MonitorDefinition,
      response: Monitor,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
    getMonitor: {
      method: "GET",
      path: "/capstan/v1/monitors/{name}",
      summary: "Get a monitor.",
      request: byName,
      response: Monitor,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listMonitors: {
      method: "GET",
      path: "/capstan/v1/monitors",
      summary: "List monitors, by name.",
      request: z.object({ endpoint: z.string().optional() }),
      response: z.object({ monitors: z.array(Monitor) }),
      errors: [],
    },
    deleteMonitor: {
      method: "DELETE",
      path: "/capstan/v1/monitors/{name}",
      summary: "Delete a monitor and its alarm. Reports stay in the bucket.",
      request: byName,
      response: z.object({}),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    mute: {
      method: "PUT",
      path: "/capstan/v1/monitors/{name}/mutes",
      summary:
        "Keep a column, or the whole monitor, from raising the alarm until a time. Its findings are still reported. Muting it again replaces the time and the reason.",
      request: z.object({
        name,
        column: z.string().min(1).max(256).nullable().default(null).describe("Null: the whole monitor; the alarm then stays as it is."),
        until: z.iso.datetime(),
        reason: z.string().min(1).max(1000),
      }),
      response: Monitor,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
    unmute: {
      method: "DELETE",
      path: "/capstan/v1/monitors/{name}/mutes",
      summary: "Let a column, or the whole monitor, count for the alarm again.",
      request: z.object({ name, column: z.string().nullable().default(null) }),
      response: Monitor,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    runMonitor: {
      method: "POST",
      path: "/capstan/v1/monitors/{name}/run",
      summary: "Judge the window that ends now. Answers as soon as the run is accepted; the report appears in the list.",
      request: byName,
      response: z.object({ reportId: z.string() }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listReports: {
      method: "GET",
      path: "/capstan/v1/monitors/{name}/reports",
      summary: "List reports, the newest first.",
      request: z.object({ name, limit: z.coerce.number().int().min(1).max(1000).default(50) }),
      response: z.object({ reports: z.array(ReportSummary) }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getReport: {
      method: "GET",
      path: "/capstan/v1/monitors/{name}/reports/{id}",
      summary: "Get a report.",
      request: byReport,
      response: DriftReport,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listReportRows: {
      method: "GET",
      path: "/capstan/v1/monitors/{name}/reports/{id}/rows",
      summary: "Captured rows of a report's window, the newest first.",
      request: byReport.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      response: z.object({
        rows: z.array(CapturedRow),
        isComplete: z.boolean().describe("False where the window holds more than was looked at or asked for."),
      }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    retrainAfterReport: {
      method: "POST",
      path: "/capstan/v1/monitors/{name}/reports/{id}/retrain",
      summary: "Start the monitor's pipeline by hand because of a report, whatever its cooldown. The same report starts one execution.",
      request: byReport,
      response: z.object({ execution: z.string() }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    getReportPage: {
      method: "GET",
      path: "/capstan/v1/monitors/{name}/reports/{id}/page",
      summary: "A report as a page of HTML that needs nothing else.",
      request: byReport,
      response: content,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
