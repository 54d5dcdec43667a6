import type { Point } from "./points.ts";

/** The smallest power of two that puts `rows` rows into at most `buckets` buckets. */
function bucketSize(rows: number, buckets: number): number {
  let size = 1;
  while (Math.ceil(rows / size) > buckets) size *= 2;
  return size;
}

/** The rows of one bucket that a drawing cannot do without: its lowest, its highest, the first that is not a number. */
function kept(points: readonly Point[], start: number, end: number): readonly number[] {
  let [low, high, gap] = [-1, -1, -1];
  for (let row = start; row < end; row += 1) {
    const value = points[row]?.value ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (gap < 0) gap = row;
      continue;
    }
    if (low < 0 || value < (points[low]?.value ?? value)) low = row;
    if (high < 0 || value > (points[high]?.value ?? value)) high = row;
  }
  return [...new Set([low, high, gap])].filter((row) => row >= 0).sort((a, b) => a - b);
}

/**
 * The rows from `start` to before `end` that a drawing needs, ascending: all of them where they are at most two a bucket, else the extremes of each bucket with
 * the first and the last row. Buckets are runs of 2^n rows counted from the first row of the whole series, so that the same rows are
 * kept whatever else is drawn, and a point that is appended changes the last bucket alone until n grows.
 */
export function sampleRows(points: readonly Point[], start: number, end: number, buckets: number): readonly number[] {
  if (end - start <= 2 * buckets) return Array.from({ length: Math.max(end - start, 0) }, (_, index) => start + index);
  const size = bucketSize(end - start, buckets);
  const rows = new Set([start]);
  for (let at = start - (start % size); at < end; at += size) {
    for (const row of kept(points, Math.max(at, start), Math.min(at + size, end))) rows.add(row);
  }
  rows.add(end - 1);
  return [...rows];
}
