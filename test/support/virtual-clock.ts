import type { At } from "#infra/local/timers.ts";

export interface VirtualClock {
  readonly now: () => number;
  readonly at: At;
  /** Lets everything happen that can, time passing at once whenever all wait for it. @param until epoch milliseconds that time stops at */
  run(until?: number): Promise<void>;
  /** No timer fires any more: the process is dead. */
  stop(): void;
  /** Delays asked for so far, in milliseconds, in order. */
  readonly delays: readonly number[];
}

/** A clock that stands still until all work is done and then jumps to the next timer. Work must consist of promises alone. */
export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let time = start;
  const due = new Set<{ readonly time: number; readonly callback: () => void }>();
  const delays: number[] = [];
  const life = { ended: false };
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => time,
    at(when, callback) {
      const timer = { time: when, callback };
      due.add(timer);
      delays.push(when - time);
      return () => void due.delete(timer);
    },
    async run(until = Number.POSITIVE_INFINITY) {
      for (await turn(); due.size > 0 && !life.ended; await turn()) {
        const [next] = [...due].toSorted((a, b) => a.time - b.time);
        if (!next || next.time > until) break;
        due.delete(next);
        time = Math.max(time, next.time);
        next.callback();
      }
      if (until !== Number.POSITIVE_INFINITY && !life.ended) time = Math.max(time, until);
    },
    stop: () => {
      life.ended = true;
    },
    delays,
  };
}
