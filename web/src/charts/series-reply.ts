import type { Axis, MetricSeries, metricSeriesContract } from "#contracts/platform/metric-series.ts";
import type { ReplyOf } from "../client.ts";
import type { Range } from "./series.ts";

/** A run as charts know it. Its colour is its place in the palette, the same in every chart of the page. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  readonly isLive: boolean;
  readonly colour: number;
  /** What it is grouped by, in words, and the place of the group in the palette. */
  readonly group?: { readonly name: string; readonly colour: number };
}

export type SeriesReply = ReplyOf<typeof metricSeriesContract, "readMetricSeries">;
type WireSeries = SeriesReply["series"][number];
type Spelled = MetricSeries["values"][number];

/** The platform keeps an infinity as the largest double, as MLflow does. */
export function numberOf(value: Spelled): number {
  const read = Number(value);
  return Math.abs(read) === Number.MAX_VALUE ? Math.sign(read) * Number.POSITIVE_INFINITY : read;
}

/** Where the points of a series lie along an axis, or along the metric that they were asked over. */
export function placesOf({ steps, timestamps, origin, places }: WireSeries, axis: Axis): readonly number[] {
  if (places) return places;
  if (axis === "step") return steps.map(Number);
  const start = axis === "relative" ? Number(origin ?? 0) : 0;
  return timestamps.map((at) => Number(at) - start);
}

/** How many points of how many are drawn. */
export function pointsShown({ series }: SeriesReply, axis: Axis, range: Range | undefined) {
  let shown = 0;
  for (const one of series) shown += range ? placesOf(one, axis).filter((x) => x >= range.from && x <= range.to).length : one.steps.length;
  const sum = (field: "inRange" | "total") => series.reduce((all, one) => all + one[field], 0);
  return { shown, inRange: sum("inRange"), total: sum("total") };
}
