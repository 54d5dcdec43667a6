import type { monitorsContract } from "#contracts/platform/monitors.ts";
import type { ReplyOf } from "../client.ts";

export type MonitorsReply = ReplyOf<typeof monitorsContract, "listMonitors">;
export type MonitorReply = ReplyOf<typeof monitorsContract, "getMonitor">;
export type ReportsReply = ReplyOf<typeof monitorsContract, "listReports">;
export type ReportReply = ReplyOf<typeof monitorsContract, "getReport">;
export type ColumnReply = ReportReply["columns"][number];
