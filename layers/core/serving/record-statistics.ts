import { bucketOf } from "./latency-histogram.ts";
import type { MinuteCounts } from "./statistics.ts";

/** What became of one request. */
export interface Outcome {
  readonly variant: string;
  readonly result: "answered" | "refused" | "failed";
  readonly milliseconds: number;
  readonly rows: number;
  readonly nullRows: number;
}

/** Where the counts of this process go. Writing the same part again replaces it, so that a repeat counts nothing twice. */
export interface StatisticsSink {
  write(endpoint: string, part: MinuteCounts): Promise<void>;
}

interface Mutable {
  requests: number;
  errors: number;
  refusals: number;
  rows: number;
  nullRows: number;
  latency: Map<number, number>;
}
interface Span {
  readonly endpoint: string;
  readonly minute: number;
  readonly variants: Map<string, Mutable>;
  dirty: boolean;
}

export interface StatisticsRecorder {
  /** Counts one request, in memory: never fails, never waits. */
  record(endpoint: string, outcome: Outcome): void;
  /** Writes what changed since the last time. What could not be written stays for the next. */
  flush(): Promise<void>;
}

/** Whole minutes that wait to be written while tables are down: beyond an hour of them the oldest are dropped. */
const maxWaiting = 1_000;

/** @param now milliseconds since the epoch */
export function statisticsRecorder(sink: StatisticsSink, now: () => number): StatisticsRecorder {
  const spans = new Map<string, Span>();

  function spanOf(endpoint: string): Span {
    const minute = Math.floor(now() / 60_000);
    const key = `${endpoint} ${minute}`;
    const known = spans.get(key);
    if (known) return known;
    const made: Span = { endpoint, minute, variants: new Map(), dirty: false };
    spans.set(key, made);
    if (spans.size > maxWaiting) for (const oldest of spans.keys().take(spans.size - maxWaiting)) spans.delete(oldest);
    return made;
  }

  return {
    record(endpoint, { variant, result, milliseconds, rows, nullRows }) {
      const span = spanOf(endpoint);
      let counts = span.variants.get(variant);
      if (!counts) {
        counts = { requests: 0, errors: 0, refusals: 0, rows: 0, nullRows: 0, latency: new Map() };
        span.variants.set(variant, counts);
      }
      span.dirty = true;
      counts.requests += 1;
      counts.rows += rows;
      counts.nullRows += nullRows;
      if (result === "failed") counts.errors += 1;
      else if (result === "refused") counts.refusals += 1;
      else {
        const bucket = bucketOf(milliseconds);
        counts.latency.set(bucket, (counts.latency.get(bucket) ?? 0) + 1);
      }
    },
    async flush() {
      const minute = Math.floor(now() / 60_000);
      for (const [key, span] of [...spans]) {
        if (span.dirty) {
          span.dirty = false;
          try {
            await sink.write(span.endpoint, span);
          } catch (error) {
            span.dirty = true;
            throw error;
          }
        }
        if (span.minute < minute && !span.dirty) spans.delete(key);
      }
    },
  };
}
