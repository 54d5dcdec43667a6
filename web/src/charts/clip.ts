import type { Series } from "./series.ts";

/** Of this share of the values on either side the range takes no notice. */
const share = 0.05;

/** The finite values that lines have between two places of x, both included. */
function valuesWithin(series: readonly Series[], from: number, to: number): Float64Array {
  return Float64Array.from(
    series.flatMap(({ x, y }) => y.filter((value, index) => Number.isFinite(value) && (x[index] ?? 0) >= from && (x[index] ?? 0) <= to)),
  );
}

/**
 * From the 5th to the 95th percentile (nearest rank) of the values that are drawn between two places of x, as TensorBoard's "ignore outliers";
 * undefined where that is no stretch, so that there is nothing to clip.
 */
export function innerRange(series: readonly Series[], from: number, to: number): readonly [number, number] | undefined {
  const values = valuesWithin(series, from, to).sort();
  const [low, high] = [values[Math.floor(values.length * share)], values[Math.ceil(values.length * (1 - share)) - 1]];
  return low !== undefined && high !== undefined && low < high ? [low, high] : undefined;
}

/** How many of the points that are drawn between two places of x lie outside of a stretch of y. */
export const pointsOutside = (series: readonly Series[], [from, to]: readonly [number, number], [low, high]: readonly [number, number]): number =>
  valuesWithin(series, from, to).filter((value) => value < low || value > high).length;
