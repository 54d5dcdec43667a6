import type { ReportsReply } from "../../drift/wire.ts";
import type { DecisionReply, EventReply, RolloutReply, StatisticsReply } from "../wire.ts";
import { type History, reportedAt } from "./history.ts";

type Counts = StatisticsReply["series"][number]["variants"][number];

export interface VariantThen {
  readonly name: string;
  readonly share: number;
  /** Absent where it was not written down yet. */
  readonly model?: { readonly modelName: string; readonly modelVersion: string };
  /** Of the minute of the instant; absent in a minute without traffic. */
  readonly counts?: Counts;
}
export interface RolloutThen {
  readonly rollout: RolloutReply;
  readonly state: "running" | "paused" | "promoted" | "rolledBack" | "aborted";
  /** The change that led to the state. */
  readonly since: EventReply;
  /** The canary's share. */
  readonly share: number;
  /** The last look by then. */
  readonly decision?: DecisionReply;
}
export interface MonitorThen {
  readonly name: string;
  readonly report: ReportsReply["reports"][number];
}

/** How an endpoint stood at an instant. */
export interface Then {
  /** The last change by then; absent before the first. */
  readonly last?: EventReply;
  /** Start of the minute that the counts are of. */
  readonly minute: number;
  readonly variants: readonly VariantThen[];
  readonly rollout?: RolloutThen;
  /** Monitors that had reported by then, with their last report. */
  readonly monitors: readonly MonitorThen[];
}

const states: Readonly<Partial<Record<EventReply["change"], RolloutThen["state"]>>> = {
  rolloutStarted: "running",
  rolloutStepped: "running",
  rolloutPaused: "paused",
  rolloutResumed: "running",
  rolloutPromoted: "promoted",
  rolloutRolledBack: "rolledBack",
  rolloutAborted: "aborted",
};

/** The last rollout that had begun by then, as its own changes tell: its record only knows how it ended. */
function rolloutThen({ events, rollouts }: History, at: number): RolloutThen | undefined {
  const since = events.findLast((event) => event.at <= at && states[event.change] !== undefined);
  const state = since && states[since.change];
  const rollout = rollouts.find(({ rolloutId, startedAt }) => (since?.rolloutId === undefined ? startedAt <= at : rolloutId === since.rolloutId));
  if (!rollout || !since || state === undefined) return undefined;
  const decision = rollout.decisions.findLast((look) => look.at <= at);
  return { rollout, state, since, share: since.weights[rollout.canary] ?? 0, ...(decision && { decision }) };
}

/** @param at milliseconds since the epoch */
export function thenAt(history: History, at: number): Then {
  const { events, minutes, monitors } = history;
  const last = events.findLast((event) => event.at <= at);
  const minute = Math.floor(at / 60_000) * 60_000;
  const counts = minutes.find((one) => one.minute === minute)?.variants ?? [];
  const rollout = rolloutThen(history, at);
  return {
    minute,
    ...(last && { last }),
    variants: Object.entries(last?.weights ?? {}).map(([name, share]) => {
      const model = last?.models[name];
      const own = counts.find(({ variant }) => variant === name);
      return { name, share, ...(model && { model }), ...(own && { counts: own }) };
    }),
    ...(rollout && { rollout }),
    monitors: monitors.flatMap(({ name, reports }) => {
      const report = reports.findLast((one) => reportedAt(one) <= at);
      return report ? [{ name, report }] : [];
    }),
  };
}
