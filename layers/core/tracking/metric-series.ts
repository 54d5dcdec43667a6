import type { Int64 } from "#contracts/int64.ts";
import { type Axis, mostBucketsInAll } from "#contracts/platform/metric-series.ts";
import { invalid } from "../errors.ts";
import { type PlacedPoint, placePoints } from "./place-points.ts";
import { byStep, type Point } from "./points.ts";
import { getRun } from "./runs.ts";
import { sampleRows } from "./sample-points.ts";
import type { TrackingContext } from "./tracking.ts";

export interface SeriesQuery {
  readonly runIds: readonly string[];
  readonly metricKeys: readonly string[];
  readonly axis: Axis;
  /** Points lie along the values of this metric at their steps, not along the axis. */
  readonly xMetric?: string | undefined;
  /** A step, milliseconds, or a value of that metric; inclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The weight of what was before; 0 for none. */
  readonly smoothing: number;
  /** For each series. */
  readonly buckets: number;
}

export interface Series {
  readonly runId: string;
  readonly metricKey: string;
  readonly total: number;
  readonly inRange: number;
  readonly origin: Int64 | null;
  readonly points: readonly Point[];
  /** For each of the points, where it lies along another metric; null on an axis. */
  readonly places: readonly number[] | null;
  /** For each of the points, whatever the range; null where no smoothing was asked for. */
  readonly smoothed: readonly number[] | null;
}

function check({ runIds, metricKeys, from, to, buckets }: SeriesQuery): void {
  const count = runIds.length * metricKeys.length;
  if (count < 1 || count > 100) throw invalid(`runIds and metricKeys must name 1 to 100 series together, got ${runIds.length} times ${metricKeys.length}`);
  if (count * buckets > mostBucketsInAll) throw invalid(`buckets must be at most ${Math.floor(mostBucketsInAll / count)} for ${count} series, got ${buckets}`);
  if (from !== undefined && to !== undefined && from > to) throw invalid(`to must be at least from, got ${from} and ${to}`);
}

/** The first row whose place is not before the wanted one. */
function firstRow(points: readonly PlacedPoint[], isBefore: (place: number) => boolean): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point && isBefore(point.place)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function seriesOf(history: readonly Point[], query: SeriesQuery, along: readonly Point[] | undefined) {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, smoothing, buckets } = query;
  const placed = placePoints(history, query, along);
  const first = firstRow(placed, (place) => place < from);
  const end = firstRow(placed, (place) => place <= to);
  const values = placed.map(({ point }) => point);
  const rows = [...(first > 0 ? [first - 1] : []), ...sampleRows(values, first, end, buckets), ...(end < placed.length ? [end] : [])];
  const kept = rows.flatMap((row) => placed.slice(row, row + 1));
  return {
    total: history.length,
    inRange: end - first,
    origin: history[0]?.timestamp ?? null,
    points: kept.map(({ point }) => point),
    places: along ? kept.map(({ place }) => place) : null,
    smoothed: smoothing > 0 ? kept.map(({ point, smooth }) => smooth ?? point.value) : null,
  };
}

/** Metrics of runs for a chart, by metric and run as they were asked for. @throws DomainError when more is asked for than a reply holds */
export async function readMetricSeries(ctx: TrackingContext, query: SeriesQuery): Promise<readonly Series[]> {
  check(query);
  const wanted = query.metricKeys.flatMap((metricKey) => query.runIds.map((runId) => ({ metricKey, runId })));
  const { xMetric } = query;
  const along = new Map(xMetric === undefined ? [] : query.runIds.map((runId) => [runId, ctx.runs.history(runId, xMetric)]));
  const read = async (runId: string, metricKey: string) => seriesOf(await ctx.runs.history(runId, metricKey), query, await along.get(runId));
  return await Promise.all(wanted.map(async (one) => ({ ...one, ...(await read(one.runId, one.metricKey)) })));
}

export interface Summary {
  readonly metricKey: string;
  readonly points: number;
  readonly last: Point;
  readonly min: Point | null;
  readonly max: Point | null;
  readonly atStep: Point | null;
}

const better = (known: Point | null, point: Point, sign: 1 | -1): Point | null => {
  if (Number.isNaN(point.value)) return known;
  return known === null || sign * (point.value - known.value) > 0 ? point : known;
};

/** What every metric of a run came to, by key; of equal values the earliest counts. @throws DomainError for an unknown run */
export async function summarizeMetrics(ctx: TrackingContext, runId: string, step?: number): Promise<readonly Summary[]> {
  await getRun(ctx, runId);
  const found = new Map<string, Summary>();
  for (const point of await ctx.runs.history(runId)) {
    const { key: metricKey } = point;
    const known = found.get(metricKey) ?? { metricKey, points: 0, last: point, min: null, max: null, atStep: null };
    const isAtStep = step !== undefined && Number(point.step) === step && (known.atStep === null || byStep(point, known.atStep) > 0);
    found.set(metricKey, {
      metricKey,
      points: known.points + 1,
      last: byStep(point, known.last) > 0 ? point : known.last,
      min: better(known.min, point, -1),
      max: better(known.max, point, 1),
      atStep: isAtStep ? point : known.atStep,
    });
  }
  return [...found.values()].sort((a, b) => (a.metricKey < b.metricKey ? -1 : 1));
}
