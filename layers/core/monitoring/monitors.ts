import type * as z from "zod";
import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import type { DriftReport, Mute, Severity } from "#contracts/platform/drift-report.ts";
import type { Monitor, MonitorDefinition, ReportSummary } from "#contracts/platform/monitors.ts";
import { doesNotExist, invalid } from "#core/errors.ts";
import { type AlarmState, calm } from "./alarm.ts";
import type { WindowPair } from "./profile.ts";
import { parseSchedule } from "./schedule.ts";

/** What a monitor remembers between runs. */
export interface MonitorMemory {
  readonly alarm: AlarmState;
  readonly lastWindowTo: string | null;
  readonly lastReportId: string | null;
  readonly lastSeverity: Severity | null;
  readonly lastScore: number | null;
  /** An event that was decided on and may not have been put yet. */
  readonly unannounced: PlatformEvent | null;
}
export const blank: MonitorMemory = { alarm: calm, lastWindowTo: null, lastReportId: null, lastSeverity: null, lastScore: null, unannounced: null };

export interface StoredMonitor {
  readonly definition: MonitorDefinition;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly memory: MonitorMemory;
  /** Some may be over. */
  readonly mutes: readonly Mute[];
  /** Counts the changes of the memory. */
  readonly revision: number;
}

export interface MonitorStore {
  /** Creates or replaces the definition; the memory stays. */
  put(definition: MonitorDefinition, at: string): Promise<StoredMonitor>;
  find(name: string): Promise<StoredMonitor | undefined>;
  list(): Promise<StoredMonitor[]>;
  /** Removes definition, memory and the list of reports. */
  remove(name: string): Promise<void>;
  /** @returns false, with nothing changed, where another run has saved since `revision` was read, or the monitor is gone */
  remember(name: string, revision: number, memory: MonitorMemory): Promise<boolean>;
  /** Replaces what is muted. @returns false, with nothing changed, where it is no longer what it was before, or the monitor is gone */
  mute(name: string, before: readonly Mute[], after: readonly Mute[]): Promise<boolean>;
  /** A report of the same id is replaced. */
  addReport(summary: ReportSummary): Promise<void>;
  /** The newest first. */
  reports(name: string, limit: number): Promise<ReportSummary[]>;
}

/** Whole reports, as documents. */
export interface ReportDocuments {
  /** @returns where it is */
  write(report: DriftReport): Promise<string>;
  find(monitor: string, id: string): Promise<DriftReport | undefined>;
}

export interface Observation {
  readonly referenceUri: string;
  readonly windows: WindowPair;
}

export interface MonitorContext {
  readonly monitors: MonitorStore;
  readonly reports: ReportDocuments;
  readonly now: () => number;
}
export interface MonitorRunContext extends MonitorContext {
  /** Profiles the reference beside what was captured in a half-open interval. */
  readonly observe: (definition: MonitorDefinition, fromMs: number, toMs: number) => Promise<Observation>;
  readonly announce: (event: PlatformEvent) => Promise<void>;
}

export const isoOf = (time: number): string => new Date(time).toISOString();
/** A report is named by the end of its window: judging a window again replaces its report. */
export const reportIdOf = (to: number): string => isoOf(to).replaceAll(/[-:.]/g, "");

/** What is muted at a time, in milliseconds since the epoch. */
export const inForce = (mutes: readonly Mute[], at: number): Mute[] => mutes.filter(({ until }) => Date.parse(until) > at);

/** A monitor as the API shows it at a time, in milliseconds since the epoch. */
export function toMonitor({ definition, createdAt, updatedAt, memory, mutes }: StoredMonitor, now: number): z.input<typeof Monitor> {
  const { alarm, lastWindowTo, lastReportId, lastSeverity, lastScore } = memory;
  const { state, episode, raisedAt, emptyWindows } = alarm;
  return {
    ...definition,
    createdAt,
    updatedAt,
    mutes: inForce(mutes, now),
    status: { state, episode, raisedAt, lastWindowTo, lastReportId, lastSeverity, lastScore, emptyWindows },
  };
}

/** @throws DomainError when there is none */
export async function getMonitor({ monitors }: Pick<MonitorContext, "monitors">, name: string): Promise<StoredMonitor> {
  const monitor = await monitors.find(name);
  if (!monitor) throw doesNotExist(`monitor ${name} not found`);
  return monitor;
}

/** Creates or replaces a monitor. @throws DomainError when its schedule or its reference's period cannot be */
export async function putMonitor(ctx: MonitorContext, definition: MonitorDefinition): Promise<StoredMonitor> {
  parseSchedule(definition.schedule);
  const { reference } = definition;
  if ("captured" in reference && reference.captured.from >= reference.captured.to)
    throw invalid(`reference.captured.from must be before to, got ${reference.captured.from} and ${reference.captured.to}`);
  return await ctx.monitors.put(definition, isoOf(ctx.now()));
}

export async function listMonitors({ monitors }: MonitorContext, endpoint: string | undefined): Promise<StoredMonitor[]> {
  return (await monitors.list()).filter(({ definition }) => endpoint === undefined || definition.endpoint === endpoint);
}

export async function removeMonitor(ctx: MonitorContext, name: string): Promise<void> {
  await getMonitor(ctx, name);
  await ctx.monitors.remove(name);
}

export async function listReports(ctx: MonitorContext, name: string, limit: number): Promise<ReportSummary[]> {
  await getMonitor(ctx, name);
  return await ctx.monitors.reports(name, limit);
}

export async function getReport({ reports }: MonitorContext, monitor: string, id: string): Promise<DriftReport> {
  const report = await reports.find(monitor, id);
  if (!report) throw doesNotExist(`report ${id} of monitor ${monitor} not found`);
  return report;
}
