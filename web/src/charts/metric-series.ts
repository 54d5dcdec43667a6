import type { UseQueryResult } from "@tanstack/react-query";
import type { MetricSeries, metricSeriesContract } from "#contracts/platform/metric-series.ts";
import type { ReplyOf } from "../client.ts";
import { useRead } from "../queries.ts";
import type { Series } from "./series.ts";
import type { ChartSettings } from "./settings.ts";

/** A run as charts know it. Its colour is its place in the palette, the same in every chart of the page. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  readonly isLive: boolean;
  readonly colour: number;
}

export type SeriesReply = ReplyOf<typeof metricSeriesContract, "readMetricSeries">;
type WireSeries = SeriesReply["series"][number];
type Spelled = MetricSeries["values"][number];

/** About one bucket for each pixel of a wide chart. */
const usualBuckets = 1000;
const bucketsInAll = 40_000;
const liveMilliseconds = 2500;

/** Metrics of runs as the settings ask for them, followed while one of the runs logs. What was shown stays until the next is there. */
export function useMetricSeries(runs: readonly ChartRun[], metricKeys: readonly string[], settings: ChartSettings): UseQueryResult<SeriesReply> {
  const { axis, smoothing, range } = settings;
  const count = Math.max(1, runs.length * metricKeys.length);
  const query = new URLSearchParams([
    ...runs.map(({ id }) => ["runIds", id]),
    ...metricKeys.map((key) => ["metricKeys", key]),
    ["axis", axis],
    ["buckets", String(Math.min(usualBuckets, Math.floor(bucketsInAll / count)))],
    ...(smoothing > 0 ? [["smoothing", String(smoothing)]] : []),
    ...(range
      ? [
          ["from", String(range.from)],
          ["to", String(range.to)],
        ]
      : []),
  ]);
  const isLive = runs.some((run) => run.isLive);
  return useRead(`/capstan/v1/metrics/series?${query.toString()}`, { every: isLive ? liveMilliseconds : false });
}

/** The platform keeps an infinity as the largest double, as MLflow does. */
export function numberOf(value: Spelled): number {
  const read = Number(value);
  return Math.abs(read) === Number.MAX_VALUE ? Math.sign(read) * Number.POSITIVE_INFINITY : read;
}

/** Where the points of a series lie along an axis. */
export function placesOf({ steps, timestamps, origin }: WireSeries, axis: ChartSettings["axis"]): readonly number[] {
  if (axis === "step") return steps.map(Number);
  const start = axis === "relative" ? Number(origin ?? 0) : 0;
  return timestamps.map((at) => Number(at) - start);
}

/** How a series is called beside the others: by what tells it from them. */
export function labelOf(runName: string, metricKey: string, { runs, keys }: { readonly runs: number; readonly keys: number }): string {
  if (keys === 1) return runName;
  return runs === 1 ? metricKey : `${runName} · ${metricKey}`;
}

/** The lines of a reply: each metric of each run, and behind a smoothed one its raw values. */
export function linesOf({ series }: SeriesReply, runs: readonly ChartRun[], metricKeys: readonly string[], axis: ChartSettings["axis"]): readonly Series[] {
  const found = series.filter(({ steps }) => steps.length > 0);
  const lines = found.flatMap((one): Series[] => {
    const run = runs.find(({ id }) => id === one.runId);
    if (!run) return [];
    const colour = run.colour * metricKeys.length + metricKeys.indexOf(one.metricKey);
    const label = labelOf(run.name, one.metricKey, { runs: runs.length, keys: metricKeys.length });
    const [x, raw] = [placesOf(one, axis), one.values.map(numberOf)];
    const id = `${one.runId} ${one.metricKey}`;
    if (!one.smoothed) return [{ id, label, colour, x, y: raw }];
    return [
      { id: `${id} raw`, label, colour, x, y: raw, isGhost: true },
      { id, label, colour, x, y: one.smoothed.map(numberOf) },
    ];
  });
  return lines.toSorted((left, right) => Number(right.isGhost ?? false) - Number(left.isGhost ?? false));
}

/** How many points of how many are drawn. */
export function pointsShown({ series }: SeriesReply, axis: ChartSettings["axis"], range: ChartSettings["range"]) {
  let shown = 0;
  for (const one of series) shown += range ? placesOf(one, axis).filter((x) => x >= range.from && x <= range.to).length : one.steps.length;
  const sum = (field: "inRange" | "total") => series.reduce((all, one) => all + one[field], 0);
  return { shown, inRange: sum("inRange"), total: sum("total") };
}
