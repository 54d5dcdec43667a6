import { type Histogram, mergeHistograms, quantile } from "./latency-histogram.ts";

/** What one variant did in some span of time. */
export interface VariantCounts {
  /** Requests that were assigned to the variant, whatever became of them. */
  readonly requests: number;
  /** Of those: it could not be loaded, or failed for a reason that is not the caller's. */
  readonly errors: number;
  /** Of those: refused as wrong. A variant that refuses more than its neighbour wants other inputs. */
  readonly refusals: number;
  /** Rows predicted, and how many of them had a null, NaN or infinite output. */
  readonly rows: number;
  readonly nullRows: number;
  /** Milliseconds of the requests that were answered. */
  readonly latency: Histogram;
}

/** The counts of one minute, of one process or of all. */
export interface MinuteCounts {
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly variants: ReadonlyMap<string, VariantCounts>;
}

export const noCounts: VariantCounts = { requests: 0, errors: 0, refusals: 0, rows: 0, nullRows: 0, latency: new Map() };

export function mergeCounts(counts: readonly VariantCounts[]): VariantCounts {
  const sum = (field: "requests" | "errors" | "refusals" | "rows" | "nullRows") => counts.reduce((total, one) => total + one[field], 0);
  return {
    requests: sum("requests"),
    errors: sum("errors"),
    refusals: sum("refusals"),
    rows: sum("rows"),
    nullRows: sum("nullRows"),
    latency: mergeHistograms(counts.map(({ latency }) => latency)),
  };
}

/** One entry per minute, earliest first, over all processes. */
export function mergeMinutes(parts: readonly MinuteCounts[]): MinuteCounts[] {
  const byMinute = Map.groupBy(parts, ({ minute }) => minute);
  return [...byMinute]
    .sort(([a], [b]) => a - b)
    .map(([minute, same]) => {
      const byVariant = Map.groupBy(
        same.flatMap(({ variants }) => [...variants]),
        ([name]) => name,
      );
      return { minute, variants: new Map([...byVariant].map(([name, entries]) => [name, mergeCounts(entries.map(([, counts]) => counts))])) };
    });
}

/** A variant's whole, over all the minutes given. */
export const totalOfVariant = (minutes: readonly MinuteCounts[], variant: string): VariantCounts =>
  mergeCounts(minutes.map(({ variants }) => variants.get(variant) ?? noCounts));

export interface VariantSummary {
  readonly variant: string;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly errors: number;
  readonly refusals: number;
  readonly rows: number;
  readonly nullRows: number;
  /** Milliseconds, undefined without a request that was answered. */
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
}

/** @param seconds the span that the minutes cover, for the rate */
export function summarize(minutes: readonly MinuteCounts[], variant: string, seconds: number): VariantSummary {
  const { latency, ...counts } = totalOfVariant(minutes, variant);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(latency, share));
  return {
    variant,
    ...counts,
    requestsPerSecond: counts.requests / seconds,
    ...(p50 !== undefined && p95 !== undefined && p99 !== undefined && { p50, p95, p99 }),
  };
}
