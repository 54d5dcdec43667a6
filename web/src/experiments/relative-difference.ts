/** The difference as a share of the base's size; undefined where one is missing or not finite, and where the base is zero. */
export function relativeDifference(value: number | undefined, base: number | undefined): number | undefined {
  if (value === undefined || base === undefined || base === 0 || !Number.isFinite(value) || !Number.isFinite(base)) return undefined;
  return (value - base) / Math.abs(base);
}
