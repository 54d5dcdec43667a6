import type { EventReply } from "../wire.ts";

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
/** How much of the past can be looked at at once. */
export const spans = [
  { id: "15", text: "15 min", minutes: 15 },
  { id: "60", text: "1 h", minutes: 60 },
  { id: "360", text: "6 h", minutes: 360 },
  { id: "1440", text: "1 d", minutes: 1440 },
  { id: "2880", text: "2 d", minutes: 2880 },
  { id: "all", text: "All", minutes: Number.POSITIVE_INFINITY },
] as const;
export type Span = (typeof spans)[number];
/** Counts of traffic are kept for so long. */
export const minutesKept = 2880;

/** The span that somebody chose, else the shortest one that has the latest change in it. */
export function spanOf(chosen: string, events: readonly EventReply[], now: number): Span {
  const last = events.at(-1)?.at ?? now;
  return spans.find(({ id }) => id === chosen) ?? spans.find(({ minutes }) => now - last <= minutes * minute) ?? spans[5];
}

/** The stretch of that length that holds the instant: the last one, or one that lies whole lengths before it. */
export function stretchOf({ minutes }: Span, events: readonly EventReply[], now: number, at: number): Stretch {
  const first = events[0]?.at ?? now - 60 * minute;
  if (minutes === Number.POSITIVE_INFINITY) return { from: Math.min(first - minute, at), to: now };
  const length = minutes * minute;
  const back = Math.max(0, Math.ceil((now - at) / length) - 1);
  return { from: now - (back + 1) * length, to: now - back * length };
}

/** Where an instant lies in a stretch, 0 to 1; what is outside of it lies at its end. */
export const placeOf = ({ from, to }: Stretch, at: number): number => Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));

/** The instant at a place of a stretch, to the millisecond; never its very end, which belongs to the next stretch. */
export const instantAt = ({ from, to }: Stretch, place: number): number => Math.min(to - 1, Math.round(from + Math.max(0, place) * (to - from)));
