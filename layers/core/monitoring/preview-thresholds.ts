import type * as z from "zod";
import type { Thresholds } from "#contracts/platform/drift-report.ts";
import type { ReportPreview } from "#contracts/platform/monitor-previews.ts";
import type { MonitorDefinition } from "#contracts/platform/monitors.ts";
import { calm, nextAlarm } from "./alarm.ts";
import { listReports, type MonitorContext } from "./monitors.ts";
import { countedOf } from "./mutes.ts";
import { rejudge } from "./rejudge.ts";

interface Wanted {
  readonly name: string;
  readonly thresholds: Thresholds;
  readonly alarm: MonitorDefinition["alarm"];
  /** How many of the last reports on which anything was captured. */
  readonly limit: number;
}

/** Reports that are looked through for such. */
const lookBack = 1000;

/** What the last reports would have said, and where the alarm would have stood, what was muted then left out; the newest first. @throws DomainError when there is no such monitor */
export async function previewThresholds(ctx: MonitorContext, { name, thresholds, alarm, limit }: Wanted): Promise<z.output<typeof ReportPreview>[]> {
  const captured = (await listReports(ctx, name, lookBack)).filter(({ status }) => status !== "noData");
  const summaries = captured.slice(0, limit);
  const found = await Promise.all(summaries.map(async ({ id }) => await ctx.reports.find(name, id)));
  const previews: z.output<typeof ReportPreview>[] = [];
  let state = calm;
  for (const report of found.toReversed()) {
    if (!report) continue;
    const { report: after, isExact } = rejudge(report, thresholds);
    state = nextAlarm(state, countedOf(after, report.muted?.mutes ?? []), alarm).next;
    const verdict = ({ severity, score, drifted }: typeof report) => ({ severity, score, drifted });
    previews.push({ id: report.id, window: report.window, status: after.status, before: verdict(report), after: verdict(after), alarm: state.state, isExact });
  }
  return previews.toReversed();
}
