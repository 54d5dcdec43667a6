import type { Int64 } from "#contracts/int64.ts";
import { invalid } from "../errors.ts";
import type { Cell } from "../search/match.ts";
import { pageToken, rowOfToken } from "../search/page.ts";
import { byStep, byTime, type Point } from "./points.ts";
import { getRun } from "./runs.ts";
import type { TrackingContext } from "./tracking.ts";

export interface HistoryPage {
  readonly points: readonly Point[];
  readonly nextPageToken?: string;
}
export interface PointOfRun extends Point {
  readonly runId: string;
}

/** A reply may have 6 MB; a point takes its key and less than 100 bytes beside it. */
const fitting = (key: string) => Math.floor(5_500_000 / (100 + 3 * key.length));

function checkedLimit(maxResults: number | undefined, most: number): number | undefined {
  if (maxResults === undefined || (maxResults >= 1 && maxResults <= most)) return maxResults;
  const why = maxResults < 1 ? "It must be at least 1" : `It must be at most ${most}`;
  throw invalid(`Invalid value ${maxResults} for parameter 'max_results' supplied: ${why}, but got value ${maxResults}`);
}

const rowOf = ({ timestamp, step, value }: Point): Cell[] => [timestamp, step, value];
const pointAt = (key: string, [timestamp, step, value]: readonly Cell[]): Point => ({
  key,
  timestamp: timestamp as Int64,
  step: step as Int64,
  value: Number(value),
});

/** The index of the first point after `point` in a sorted history. */
function after(points: readonly Point[], point: Point): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = points[middle];
    if (candidate && byTime(candidate, point) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A metric's history by timestamp, step and value. Without a limit as much as one reply may hold; a token then leads to the rest, as
 * it was at the first page or later.
 * @throws DomainError for an unknown run; an unknown metric has an empty history
 */
export async function metricHistory(
  ctx: TrackingContext,
  runId: string,
  key: string,
  page: { maxResults?: number | undefined; pageToken?: string | undefined },
): Promise<HistoryPage> {
  const limit = Math.min(checkedLimit(page.maxResults, Number.MAX_SAFE_INTEGER) ?? Number.MAX_SAFE_INTEGER, fitting(key));
  await getRun(ctx, runId);
  const query = ["history", runId, key];
  const all = await (page.pageToken ? ctx.runs.recentHistory(runId, key) : ctx.runs.history(runId, key));
  const start = page.pageToken ? after(all, pointAt(key, rowOfToken(query, 3, page.pageToken))) : 0;
  const points = all.slice(start, start + limit);
  const last = points.at(-1);
  return { points, ...(last && start + limit < all.length && { nextPageToken: pageToken(query, rowOf(last)) }) };
}

function checkRuns(runIds: readonly string[], field: string): void {
  if (runIds.length === 0 || runIds.length > 100) throw invalid(`${field} must name 1 to 100 runs, got ${runIds.length}`);
}

/** One metric of several runs by run, timestamp, step and value. */
export async function metricHistories(ctx: TrackingContext, runIds: readonly string[], key: string, maxResults?: number): Promise<readonly PointOfRun[]> {
  checkRuns(runIds, "run_id");
  const limit = Math.min(checkedLimit(maxResults, Number.MAX_SAFE_INTEGER) ?? 25_000, 25_000, fitting(key));
  const sorted = [...new Set(runIds)].sort((a, b) => (a < b ? -1 : 1));
  const histories = await Promise.all(sorted.map(async (runId) => (await ctx.runs.history(runId, key)).map((point) => ({ ...point, runId }))));
  return histories.flat().slice(0, limit);
}

/** Evenly spread rows: the first of each of `size` buckets, and the last row of all. */
export function sampled<T>(rows: readonly T[], size: number): readonly T[] {
  if (rows.length <= size) return rows;
  const first = Array.from({ length: size }, (_, bucket) => Math.floor((bucket * rows.length) / size));
  const wanted = [...new Set([...first.slice(0, Math.max(size - 1, 0)), rows.length - 1])];
  return wanted.flatMap((index) => rows.slice(index, index + 1));
}

export interface Interval {
  readonly startStep?: Int64 | undefined;
  readonly endStep?: Int64 | undefined;
  readonly maxResults?: number | undefined;
}

/** At most 2,500 points a run, evenly spread by row, in the order of the runs given and of their steps: what a chart draws. */
export async function sampleMetric(
  ctx: TrackingContext,
  runIds: readonly string[],
  key: string,
  { startStep, endStep, maxResults }: Interval,
): Promise<readonly PointOfRun[]> {
  checkRuns(runIds, "run_ids");
  const size = checkedLimit(maxResults, 2500) ?? 2500;
  if ((startStep === undefined) !== (endStep === undefined)) throw invalid("start_step and end_step must be given together, or neither");
  if (startStep !== undefined && endStep !== undefined && startStep > endStep)
    throw invalid(`end_step must be greater than or equal to start_step, got ${startStep} and ${endStep}`);
  const isWanted = ({ step }: Point) => startStep === undefined || endStep === undefined || (step >= startStep && step <= endStep);
  const samples = runIds.map(async (runId) => {
    const points = (await ctx.runs.history(runId, key)).filter(isWanted).sort(byStep);
    return sampled(points, size).map((point) => ({ ...point, runId }));
  });
  return (await Promise.all(samples)).flat();
}
