import type { Int64 } from "#contracts/int64.ts";

/** One value of a metric. Two points with equal fields (not-a-number equals itself) are the same point. */
export interface Point {
  readonly key: string;
  /** A finite double or NaN; see {@link storedValue}. */
  readonly value: number;
  /** Milliseconds since 1970, 0 or more. */
  readonly timestamp: Int64;
  readonly step: Int64;
}

/** Infinities are kept as the largest doubles and -0 as 0, which is what MLflow's server hands back. */
export function storedValue(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  if (value === Number.NEGATIVE_INFINITY) return -Number.MAX_VALUE;
  return value === 0 ? 0 : value;
}

const rank = (value: number) => (Number.isNaN(value) ? 0 : value);
const compare = (a: Int64, b: Int64): number => (a < b ? -1 : a > b ? 1 : 0);

/** The greatest point by this order is a metric's latest value: step, timestamp, value with NaN as 0 (MLflow 3.17.2's rule). NaN after 0, so that the order is total. */
export const byStep = (a: Point, b: Point): number =>
  compare(a.step, b.step) ||
  compare(a.timestamp, b.timestamp) ||
  compare(rank(a.value), rank(b.value)) ||
  Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));

/** The order of a history: timestamp, step, value, and key where there are several. Zero only for the same point. */
export const byTime = (a: Point, b: Point): number => compare(a.timestamp, b.timestamp) || byStep(a, b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Points in the order of a history, each once. Sorts `points` in place. */
export function asHistory(points: Point[]): Point[] {
  points.sort(byTime);
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || byTime(before, point) !== 0;
  });
}

/** Takes `point` into the latest values unless a later one is there already. */
export function keepLatest(latest: Map<string, Point>, point: Point): void {
  const known = latest.get(point.key);
  if (known === undefined || byStep(point, known) > 0) latest.set(point.key, point);
}

/** The latest point of every key. */
export function latestOf(points: Iterable<Point>): Map<string, Point> {
  const latest = new Map<string, Point>();
  for (const point of points) keepLatest(latest, point);
  return latest;
}
