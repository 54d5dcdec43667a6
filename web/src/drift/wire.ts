import type { DriftReport } from "#contracts/platform/drift-report.ts";
import type { monitorPreviewContract } from "#contracts/platform/monitor-previews.ts";
import type { MonitorDefinition, monitorsContract } from "#contracts/platform/monitors.ts";
import type { ReplyOf } from "../client.ts";

export type MonitorsReply = ReplyOf<typeof monitorsContract, "listMonitors">;
/** The platform answers with every default filled in. */
export type MonitorReply = MonitorDefinition & Pick<ReplyOf<typeof monitorsContract, "getMonitor">, "status" | "createdAt" | "updatedAt" | "mutes">;
export type ReportsReply = ReplyOf<typeof monitorsContract, "listReports">;
export type ReportReply = DriftReport;
export type PreviewReply = ReplyOf<typeof monitorPreviewContract, "previewThresholds">;
export type RowsReply = ReplyOf<typeof monitorsContract, "listReportRows">;
export type ColumnReply = ReportReply["columns"][number];
