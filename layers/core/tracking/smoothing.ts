/**
 * The debiased exponential moving average of a series (as TensorBoard draws it; Kingma and Ba 2015, section 3, has the correction): each
 * value is the mean of all before it, weighted by `weight` to the power of their distance. What is no finite number stays as it is and counts for nothing.
 */
export function smoothed(values: readonly number[], weight: number): readonly number[] {
  let [mean, remaining] = [0, 1];
  return values.map((value) => {
    if (!Number.isFinite(value) || Math.abs(value) === Number.MAX_VALUE) return value;
    mean = mean * weight + value * (1 - weight);
    remaining *= weight;
    return mean / (1 - remaining);
  });
}
