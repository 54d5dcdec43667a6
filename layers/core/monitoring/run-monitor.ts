import { driftCleared, driftDetected } from "#contracts/events/drift.ts";
import { eventOf, type PlatformEvent } from "#contracts/events/platform-event.ts";
import type { DriftReport } from "#contracts/platform/drift-report.ts";
import type { ReportSummary } from "#contracts/platform/monitors.ts";
import { conflict } from "#core/errors.ts";
import { type AlarmState, nextAlarm, type Transition } from "./alarm.ts";
import { judgeWindow } from "./judge-window.ts";
import { getMonitor, inForce, isoOf, type MonitorMemory, type MonitorRunContext, reportIdOf, type StoredMonitor } from "./monitors.ts";
import { countedOf } from "./mutes.ts";
import { parseSchedule } from "./schedule.ts";

/** Captures arrive seconds after the prediction: a window is judged this long after its end, or after a sixth of its schedule's period. */
const longestSettleMs = 2 * 60_000;

/** The end of the window that a monitor's schedule asks for now; undefined where it has been judged. */
function dueWindow({ definition, memory }: StoredMonitor, now: number): number | undefined {
  const lastDue = parseSchedule(definition.schedule);
  const latest = lastDue(now) ?? 0;
  const settleMs = Math.min(longestSettleMs, (latest - (lastDue(latest - 1) ?? 0)) / 6);
  const due = lastDue(now - settleMs);
  return due === undefined || (memory.lastWindowTo !== null && due <= Date.parse(memory.lastWindowTo)) ? undefined : due;
}

function summaryOf(report: DriftReport, uri: string, { state: alarm }: AlarmState): ReportSummary {
  const { id, monitor, window, createdAt, status, severity, score, drifted, tested } = report;
  return { id, monitor, window, createdAt, status, severity, score, drifted, tested, rows: report.current.rows, uri, alarm };
}

type Counted = ReturnType<typeof countedOf>;

function eventFor(transition: Transition, { definition }: StoredMonitor, report: Counted, reportUri: string, episode: string): PlatformEvent | null {
  if (transition === undefined) return null;
  const { name: monitor, endpoint, variant, retrain } = definition;
  const detail = { monitor, endpoint, variant, episode, reportId: report.id, reportUri, score: report.score };
  if (transition === "cleared") return eventOf(driftCleared, detail);
  const columns = [...new Set(report.findings.flatMap((finding) => finding.columns))];
  return eventOf(driftDetected, { ...detail, severity: report.severity, columns, retrain });
}

async function remember(ctx: MonitorRunContext, { definition: { name }, revision }: StoredMonitor, memory: MonitorMemory): Promise<void> {
  if (!(await ctx.monitors.remember(name, revision, memory))) throw conflict(`monitor ${name} was changed by another run`);
}

/** Puts the event that an earlier run decided on: decided and remembered first, put after, so that an episode is announced even if a run dies in between. */
async function announcePending(ctx: MonitorRunContext, monitor: StoredMonitor): Promise<StoredMonitor> {
  const { unannounced } = monitor.memory;
  if (!unannounced) return monitor;
  await ctx.announce(unannounced);
  const memory = { ...monitor.memory, unannounced: null };
  await remember(ctx, monitor, memory);
  return { ...monitor, memory, revision: monitor.revision + 1 };
}

/**
 * Judges the window that ends at `to`: stores the report, moves the alarm on, and announces an episode when it begins or ends.
 * Safe to repeat: a window that was judged before gets a new report of the same id and moves nothing.
 */
async function judgeMonitor(ctx: MonitorRunContext, monitor: StoredMonitor, to: number): Promise<ReportSummary> {
  const current = await announcePending(ctx, monitor);
  const { definition, memory } = current;
  const from = to - definition.windowMinutes * 60_000;
  const { referenceUri, windows } = await ctx.observe(definition, from, to);
  const identity = { monitor: definition.name, endpoint: definition.endpoint, variant: definition.variant, window: { from: isoOf(from), to: isoOf(to) } };
  const whole = judgeWindow({ id: reportIdOf(to), ...identity, createdAt: isoOf(ctx.now()), referenceUri }, windows, definition.thresholds);
  const mutes = inForce(current.mutes, ctx.now());
  const counted = countedOf(whole, mutes);
  const report = { ...whole, ...(mutes.length > 0 && { muted: { mutes, score: counted.score } }) };
  const uri = await ctx.reports.write(report);
  const isJudgedBefore = memory.lastWindowTo !== null && to <= Date.parse(memory.lastWindowTo);
  const { next, transition } = isJudgedBefore ? { next: memory.alarm, transition: undefined } : nextAlarm(memory.alarm, counted, definition.alarm);
  const summary = summaryOf(report, uri, next);
  await ctx.monitors.addReport(summary);
  if (isJudgedBefore) return summary;

  const unannounced = eventFor(transition, current, counted, uri, next.episode ?? report.id);
  const after = { alarm: next, lastWindowTo: isoOf(to), lastReportId: report.id, lastSeverity: report.severity, lastScore: report.score, unannounced };
  await remember(ctx, current, after);
  await announcePending(ctx, { ...current, memory: after, revision: current.revision + 1 });
  return summary;
}

export interface RunOutcome {
  readonly judged: readonly { readonly monitor: string; readonly reportId: string; readonly severity: string }[];
  readonly failed: readonly { readonly monitor: string; readonly error: string }[];
}

/** Judges one monitor's window that ends now, whatever its schedule. */
async function runOne(ctx: MonitorRunContext, name: string, now: number): Promise<RunOutcome> {
  const { id, severity } = await judgeMonitor(ctx, await getMonitor(ctx, name), now);
  return { judged: [{ monitor: name, reportId: id, severity }], failed: [] };
}

/** Judges every enabled monitor whose window is due, one after the other; one that fails does not keep the others from their turn. */
async function runDue(ctx: MonitorRunContext, now: number): Promise<RunOutcome> {
  const judged: RunOutcome["judged"][number][] = [];
  const failed: RunOutcome["failed"][number][] = [];
  for (const monitor of await ctx.monitors.list()) {
    const to = monitor.definition.enabled ? dueWindow(monitor, now) : undefined;
    if (to === undefined) continue;
    const { name } = monitor.definition;
    try {
      const { id, severity } = await judgeMonitor(ctx, monitor, to);
      judged.push({ monitor: name, reportId: id, severity });
    } catch (error) {
      failed.push({ monitor: name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  }
  return { judged, failed };
}

/** One monitor where one is asked for, else all that are due. @param now epoch milliseconds; the present unless given */
export const runRequested = async (ctx: MonitorRunContext, monitor: string | undefined, now = ctx.now()): Promise<RunOutcome> =>
  monitor === undefined ? await runDue(ctx, now) : await runOne(ctx, monitor, now);
