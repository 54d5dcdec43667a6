import type { Int64 } from "#contracts/int64.ts";
import type { Axis } from "#contracts/platform/metric-series.ts";
import { byStep, byTime, type Point } from "./points.ts";
import { smoothed } from "./smoothing.ts";

/** A point and where it lies on a chart. */
export interface PlacedPoint {
  readonly point: Point;
  /** A step, milliseconds, or the value of another metric. */
  readonly place: number;
  /** The value smoothed over all that were logged before, null where no smoothing was asked for. */
  readonly smooth: number | null;
}

const isPlace = (value: number) => Number.isFinite(value) && Math.abs(value) !== Number.MAX_VALUE;

/** Where each step lies along a metric: at its last value there. A step without a finite value has no place. */
function stepPlaces(along: readonly Point[]): (point: Point) => number | undefined {
  const places = new Map<Int64, number>(along.toSorted(byStep).map(({ step, value }) => [step, value]));
  return ({ step }) => {
    const place = places.get(step);
    return place !== undefined && isPlace(place) ? place : undefined;
  };
}

/**
 * The points of a history with their places, ascending. Over another metric a point lies where that metric has a value at the same step, and
 * points of the same place keep the order of their steps; smoothing runs in the order in which the points were logged: by step, or by time on a time axis.
 */
export function placePoints(history: readonly Point[], { axis, smoothing }: { readonly axis: Axis; readonly smoothing: number }, along?: readonly Point[]) {
  const points = history.toSorted(axis === "step" || along ? byStep : byTime);
  const values = points.map(({ value }) => value);
  const smooth = smoothing > 0 ? smoothed(values, smoothing) : undefined;
  const start = axis === "relative" ? Number(history[0]?.timestamp ?? 0) : 0;
  const placeOf = along ? stepPlaces(along) : ({ step, timestamp }: Point) => Number(axis === "step" ? step : timestamp) - start;
  const placed = points.flatMap((point, row): PlacedPoint[] => {
    const place = placeOf(point);
    return place === undefined ? [] : [{ point, place, smooth: smooth?.[row] ?? null }];
  });
  return along ? placed.toSorted((left, right) => left.place - right.place) : placed;
}
