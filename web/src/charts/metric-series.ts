import type { UseQueryResult } from "@tanstack/react-query";
import { useReads } from "../queries.ts";
import type { ChartRun, SeriesReply } from "./series-reply.ts";
import type { ChartSettings } from "./settings.ts";

/** About one bucket for each pixel of a wide chart. */
const usualBuckets = 1000;
const bucketsInAll = 40_000;
const seriesInOne = 100;
const liveMilliseconds = 2500;

function pathOf(runs: readonly ChartRun[], metricKeys: readonly string[], { axis, xMetric, smoothing, range }: ChartSettings, buckets: number): string {
  const query = new URLSearchParams([
    ...runs.map(({ id }) => ["runIds", id]),
    ...metricKeys.map((key) => ["metricKeys", key]),
    ["axis", axis],
    ...(xMetric === "" ? [] : [["xMetric", xMetric]]),
    ["buckets", String(buckets)],
    ...(smoothing > 0 ? [["smoothing", String(smoothing)]] : []),
    ...(range
      ? [
          ["from", String(range.from)],
          ["to", String(range.to)],
        ]
      : []),
  ]);
  return `/capstan/v1/metrics/series?${query.toString()}`;
}

const together = (replies: readonly SeriesReply[]): SeriesReply => ({ series: replies.flatMap(({ series }) => series) });

/**
 * Metrics of any number of runs as the settings ask for them, followed while one of the runs logs. What was shown stays until the next is there.
 * @param metricKeys at most 100
 */
export function useMetricSeries(runs: readonly ChartRun[], metricKeys: readonly string[], settings: ChartSettings): UseQueryResult<SeriesReply> {
  const buckets = Math.max(1, Math.min(usualBuckets, Math.floor(bucketsInAll / Math.max(1, runs.length * metricKeys.length))));
  const atOnce = Math.max(1, Math.floor(seriesInOne / Math.max(1, metricKeys.length)));
  const paths = Array.from({ length: Math.ceil(runs.length / atOnce) }, (_, index) =>
    pathOf(runs.slice(index * atOnce, (index + 1) * atOnce), metricKeys, settings, buckets),
  );
  const isLive = runs.some((run) => run.isLive);
  return useReads(paths, together, { every: isLive ? liveMilliseconds : false });
}
