import type { Series } from "../charts/series.ts";
import type { StatisticsReply } from "./wire.ts";

type Minute = StatisticsReply["series"][number];
type Counts = Minute["variants"][number];

/** What a chart of an endpoint's traffic can show of each minute. */
export const measures = [
  { id: "rate", text: "Requests", unit: "requests per second", of: (it: Counts) => it.requests / 60 },
  { id: "errors", text: "Errors", unit: "failed or refused, percent of requests", of: (it: Counts) => ((it.errors + it.refusals) / it.requests) * 100 },
  { id: "p50", text: "p50", unit: "milliseconds", of: (it: Counts) => it.p50 },
  { id: "p95", text: "p95", unit: "milliseconds", of: (it: Counts) => it.p95 },
  { id: "p99", text: "p99", unit: "milliseconds", of: (it: Counts) => it.p99 },
] as const;
export type Measure = (typeof measures)[number];

/** A line for each variant, minute by minute. A minute without traffic has a rate of 0, and no point for what only an answer can tell. */
export function trafficSeries(minutes: StatisticsReply["series"], measure: Measure): Series[] {
  const names = [...new Set(minutes.flatMap(({ variants }) => variants.map(({ variant }) => variant)))].toSorted();
  return names.map((name, colour) => {
    const points = minutes.flatMap(({ minute, variants }) => {
      const counts = variants.find(({ variant }) => variant === name);
      if (!counts || counts.requests === 0) return measure.id === "rate" ? [{ x: minute, y: 0 }] : [];
      const value = measure.of(counts);
      return value === undefined ? [] : [{ x: minute, y: value }];
    });
    return { id: name, label: name, colour, x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
  });
}
