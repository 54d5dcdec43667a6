import type { DriftReport, Mute } from "#contracts/platform/drift-report.ts";
import { conflict, invalid } from "#core/errors.ts";
import { verdictOf } from "./judge-window.ts";
import { getMonitor, inForce, isoOf, type MonitorContext, type StoredMonitor } from "./monitors.ts";

/** What the alarm counts of a report: its verdict without findings that a muted column has a part in. A muted monitor counts nothing. */
export function countedOf(report: DriftReport, mutes: readonly Mute[]): Pick<DriftReport, "id" | "createdAt" | "status" | "severity" | "score" | "findings"> {
  const muted = new Set(mutes.map(({ column }) => column));
  const findings = report.findings.filter(({ columns }) => !columns.some((column) => muted.has(column)));
  const columns = report.columns.filter(({ name }) => !muted.has(name));
  const status = muted.has(null) && report.status === "judged" ? "insufficient" : report.status;
  const { severity, score } = verdictOf(columns, findings, report.thresholds);
  return { id: report.id, createdAt: report.createdAt, status, severity, score, findings };
}

/** Several people may mute at the same time: nobody's change is lost. */
const attempts = 5;

async function change(ctx: MonitorContext, name: string, changed: (mutes: readonly Mute[]) => Mute[]): Promise<StoredMonitor> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const monitor = await getMonitor(ctx, name);
    const mutes = changed(inForce(monitor.mutes, ctx.now()));
    if (await ctx.monitors.mute(name, monitor.mutes, mutes)) return { ...monitor, mutes };
  }
  throw conflict(`monitor ${name} is being muted by others: try again`);
}

export interface WantedMute {
  readonly name: string;
  readonly column: string | null;
  readonly until: string;
  readonly reason: string;
}

/** Mutes a column, or the whole monitor. Safe to repeat: the last time and reason count. @throws DomainError when the time has passed, or there is no such monitor */
export async function mute(ctx: MonitorContext, { name, column, until, reason }: WantedMute, by: string): Promise<StoredMonitor> {
  if (Date.parse(until) <= ctx.now()) throw invalid(`until must be after now, ${isoOf(ctx.now())}, got ${until}`);
  return await change(ctx, name, (mutes) => [...mutes.filter((one) => one.column !== column), { column, until, reason, by, at: isoOf(ctx.now()) }]);
}

/** Lets a column, or the whole monitor, count again. Safe to repeat. @throws DomainError when there is no such monitor */
export const unmute = async (ctx: MonitorContext, name: string, column: string | null): Promise<StoredMonitor> =>
  await change(ctx, name, (mutes) => mutes.filter((one) => one.column !== column));
