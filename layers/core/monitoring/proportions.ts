import { normalTwoSided } from "./upper-tails.ts";

/** Two-proportion z test with pooled variance. @returns p = 1 where neither side, or every row of both, has the property */
export function twoProportions(a: { readonly count: number; readonly of: number }, b: { readonly count: number; readonly of: number }) {
  const pooled = (a.count + b.count) / (a.of + b.of);
  const variance = pooled * (1 - pooled) * (1 / a.of + 1 / b.of);
  if (!(variance > 0)) return { z: 0, p: 1 };
  const z = (b.count / b.of - a.count / a.of) / Math.sqrt(variance);
  return { z, p: normalTwoSided(z) };
}

/** Fisher's z test that two independent samples have the same correlation (Fisher 1921). @returns p = 1 below four complete pairs */
export function sameCorrelation(a: { readonly r: number; readonly n: number }, b: { readonly r: number; readonly n: number }) {
  if (a.n < 4 || b.n < 4 || !Number.isFinite(a.r) || !Number.isFinite(b.r)) return { z: 0, p: 1 };
  const bounded = (r: number) => Math.atanh(Math.max(-0.999_999, Math.min(0.999_999, r)));
  const z = (bounded(b.r) - bounded(a.r)) / Math.sqrt(1 / (a.n - 3) + 1 / (b.n - 3));
  return { z, p: normalTwoSided(z) };
}

/**
 * Benjamini and Hochberg (1995): p-values adjusted so that rejecting those below q keeps the expected share of false rejections at q.
 * Same order as given; adjusted (i) = min over j >= i of p(j) m / j, at most 1.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  let least = 1;
  const order = pValues.map((_p, index) => index).toSorted((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  order.forEach((index, k) => {
    least = Math.min(least, ((pValues[index] ?? 1) * pValues.length) / (pValues.length - k));
    adjusted[index] = least;
  });
  return adjusted;
}
