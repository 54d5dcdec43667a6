import type { DriftReport } from "#contracts/platform/drift-report.ts";
import type { MonitorDefinition } from "#contracts/platform/monitors.ts";

/** What an alarm remembers between windows. */
export interface AlarmState {
  readonly state: "ok" | "pending" | "alarm";
  /** Of the last windows that could be judged, the newest last: whether they breached. */
  readonly breaches: readonly boolean[];
  /** Consecutive quiet windows since the alarm was raised. */
  readonly quiet: number;
  /** Names the present or last episode: the id of the report that raised it. */
  readonly episode: string | null;
  readonly raisedAt: string | null;
  readonly emptyWindows: number;
}

export const calm: AlarmState = { state: "ok", breaches: [], quiet: 0, episode: null, raisedAt: null, emptyWindows: 0 };

export type Transition = "raised" | "cleared" | undefined;
export interface AlarmStep {
  readonly next: AlarmState;
  readonly transition: Transition;
}

/**
 * One window's worth of hysteresis: the alarm is raised once `windows` of the last `of` judged windows breached, and cleared only after
 * consecutive windows below the lower clearing score. Windows that could not be judged neither raise nor clear.
 */
export function nextAlarm(state: AlarmState, report: Pick<DriftReport, "id" | "status" | "score" | "createdAt">, rule: MonitorDefinition["alarm"]): AlarmStep {
  if (report.status !== "judged") return { next: { ...state, emptyWindows: report.status === "noData" ? state.emptyWindows + 1 : 0 }, transition: undefined };
  const breaches = [...state.breaches, report.score >= rule.raise.score].slice(-rule.raise.of);
  const quiet = report.score < rule.clear.score ? state.quiet + 1 : 0;
  const seen = { ...state, breaches, quiet, emptyWindows: 0 };
  const count = breaches.filter(Boolean).length;

  if (state.state === "alarm") {
    if (quiet < rule.clear.windows) return { next: seen, transition: undefined };
    // A cleared alarm starts from nothing: breaches from before the quiet time say nothing about what comes.
    return { next: { ...seen, state: "ok", breaches: [], quiet: 0 }, transition: "cleared" };
  }
  if (count >= rule.raise.windows) return { next: { ...seen, state: "alarm", quiet: 0, episode: report.id, raisedAt: report.createdAt }, transition: "raised" };
  return { next: { ...seen, state: count > 0 ? "pending" : "ok", quiet: 0 }, transition: undefined };
}
