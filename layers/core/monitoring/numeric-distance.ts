import type { NumericPair, Step } from "./profile.ts";
import { kolmogorovTail } from "./upper-tails.ts";

const totals = (steps: readonly Step[]) => ({
  n: steps.reduce((sum, { reference }) => sum + reference, 0),
  m: steps.reduce((sum, { current }) => sum + current, 0),
});

/** F - G at the end of every step. */
function differences(steps: readonly Step[]): number[] {
  const { n, m } = totals(steps);
  let f = 0;
  let g = 0;
  return steps.map(({ reference, current }) => {
    f += reference;
    g += current;
    return f / n - g / m;
  });
}

/** Two-sample Kolmogorov-Smirnov: D = sup |F - G|, evaluated after ties, with the p-value of its limiting distribution. */
export function kolmogorovSmirnov(steps: readonly Step[]): { readonly d: number; readonly p: number } {
  const { n, m } = totals(steps);
  const d = differences(steps).reduce((most, difference) => Math.max(most, Math.abs(difference)), 0);
  return { d, p: kolmogorovTail(Math.sqrt((n * m) / (n + m)) * d) };
}

/** Integral of |d| over a unit interval on which d goes in a straight line. */
function meanAbsolute(from: number, to: number): number {
  if (from * to >= 0) return (Math.abs(from) + Math.abs(to)) / 2;
  return (from * from + to * to) / (2 * (Math.abs(from) + Math.abs(to)));
}

/** Wasserstein-1 = integral |F - G|, in units of the reference's standard deviation (at least 0.001). */
export function wassersteinNormed({ steps, exact, reference, current }: Pick<NumericPair, "steps" | "exact" | "reference" | "current">): number {
  let area = 0;
  let before = 0;
  let from = Math.min(reference.min, current.min);
  differences(steps).forEach((difference, k) => {
    const upTo = steps[k]?.upTo ?? from;
    area += (upTo - from) * (exact ? Math.abs(before) : meanAbsolute(before, difference));
    before = difference;
    from = upTo;
  });
  return area / Math.max(reference.sd, 0.001);
}

/** Linear quantile of the reference (Hyndman and Fan's type 7), for 0 < q < 1. */
function referenceQuantile({ steps, exact, reference }: Pick<NumericPair, "steps" | "exact" | "reference">, q: number): number {
  const { n } = totals(steps);
  const position = (n - 1) * q;
  let seen = 0;
  let from = reference.min;
  let floorValue: number | undefined;
  for (const { upTo, reference: count } of steps) {
    if (count > 0 && !exact && seen + count > position) return from + ((upTo - from) * (position - seen)) / count;
    if (floorValue !== undefined && count > 0) return floorValue + (upTo - floorValue) * (position % 1);
    seen += count;
    // Ranks seen - count .. seen - 1 all hold this value: both neighbours of the position, unless the position lies past the last of them.
    if (count > 0 && exact && Math.floor(position) < seen) {
      if (Math.ceil(position) < seen) return upTo;
      floorValue = upTo;
    }
    from = upTo;
  }
  return floorValue ?? reference.max;
}

/** Counts of both sides between ascending edges: left-closed, right-open, the outer two open ended. */
export function countsBetween({ steps, exact, reference, current }: Pick<NumericPair, "steps" | "exact" | "reference" | "current">, edges: readonly number[]) {
  const bins = Array.from({ length: edges.length + 1 }, () => ({ reference: 0, current: 0 }));
  const binOf = (value: number) => edges.findLastIndex((edge) => edge <= value) + 1;
  let from = Math.min(reference.min, current.min);
  for (const { upTo, reference: r, current: c } of steps) {
    const cuts = exact || upTo <= from ? [] : edges.filter((edge) => edge > from && edge < upTo);
    const points = exact ? [upTo, upTo] : [from, ...cuts, upTo];
    points.slice(1).forEach((end, k) => {
      const start = points[k] ?? end;
      const share = exact || upTo <= from ? 1 : (end - start) / (upTo - from);
      const bin = bins[binOf(exact ? end : start)];
      if (!bin) return;
      bin.reference += r * share;
      bin.current += c * share;
    });
    from = upTo;
  }
  return bins;
}

/** The nine inner deciles of the reference, without repeats. */
export const referenceDeciles = (pair: Pick<NumericPair, "steps" | "exact" | "reference">): number[] => [
  ...new Set([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((q) => referenceQuantile(pair, q))),
];
