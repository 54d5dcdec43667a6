/** Bucket `i` holds latencies up to `smallestMs * 2^(i / 8)` ms: each bound is 9 % above the one before, and the last is above 100 s. */
const smallestMs = 0.05;
const perDoubling = 8;
export const bucketCount = 170;

/** Counts by bucket; sparse, so that it is small where it is stored. */
export type Histogram = ReadonlyMap<number, number>;

export const bucketOf = (milliseconds: number): number =>
  milliseconds <= smallestMs ? 0 : Math.min(bucketCount - 1, Math.ceil(Math.log2(milliseconds / smallestMs) * perDoubling - 1e-9));

/** The largest latency of a bucket, in ms. */
export const bucketBound = (bucket: number): number => smallestMs * 2 ** (bucket / perDoubling);

export function mergeHistograms(histograms: Iterable<Histogram>): Map<number, number> {
  const merged = new Map<number, number>();
  for (const histogram of histograms) for (const [bucket, count] of histogram) merged.set(bucket, (merged.get(bucket) ?? 0) + count);
  return merged;
}

export const totalOf = (histogram: Histogram): number => histogram.values().reduce((sum, count) => sum + count, 0);

/** The bucket that holds the `rank`-th smallest latency, counted from 1; undefined when there are fewer. */
export function bucketAtRank(histogram: Histogram, rank: number): number | undefined {
  let seen = 0;
  for (const bucket of [...histogram.keys()].sort((a, b) => a - b)) {
    seen += histogram.get(bucket) ?? 0;
    if (seen >= rank) return bucket;
  }
  return undefined;
}

/** A quantile in ms, at most 9 % above the true one; undefined for an empty histogram. */
export function quantile(histogram: Histogram, share: number): number | undefined {
  const bucket = bucketAtRank(histogram, Math.max(1, Math.ceil(totalOf(histogram) * share)));
  return bucket === undefined ? undefined : bucketBound(bucket);
}
