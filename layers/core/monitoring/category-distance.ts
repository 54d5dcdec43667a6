import type { CategoryCount } from "./profile.ts";
import { chiSquareTail } from "./upper-tails.ts";

type Counts = Pick<CategoryCount, "reference" | "current">;
const total = (counts: readonly Counts[], side: keyof Counts) => counts.reduce((sum, count) => sum + count[side], 0);

/** Share of each category on one side; all zero where the side is empty. */
const shares = (counts: readonly Counts[], side: keyof Counts): number[] => {
  const all = total(counts, side);
  return counts.map((count) => (all === 0 ? 0 : count[side] / all));
};

/** Chi-square test of homogeneity on the 2 x k table: E = row x column / N, k - 1 degrees of freedom, no continuity correction. */
export function chiSquare(counts: readonly Counts[]): { readonly statistic: number; readonly degrees: number; readonly p: number } {
  const n = total(counts, "reference");
  const m = total(counts, "current");
  const used = counts.filter(({ reference, current }) => reference + current > 0);
  const statistic = used.reduce((sum, { reference, current }) => {
    const expectedReference = ((reference + current) * n) / (n + m);
    const expectedCurrent = ((reference + current) * m) / (n + m);
    return sum + (reference - expectedReference) ** 2 / expectedReference + (current - expectedCurrent) ** 2 / expectedCurrent;
  }, 0);
  const degrees = Math.max(0, used.length - 1);
  return { statistic, degrees, p: chiSquareTail(statistic, degrees) };
}

/**
 * Merges the categories whose expected count is below 5 on either side into one, as the chi-square approximation needs (Cochran 1954).
 * @returns the table to test, and how many categories were merged
 */
export function mergeRare(counts: readonly Counts[]): { readonly table: readonly Counts[]; readonly merged: number } {
  const n = total(counts, "reference");
  const m = total(counts, "current");
  const least = Math.min(n, m) / (n + m);
  const isRare = ({ reference, current }: Counts) => (reference + current) * least < 5;
  const rare = counts.filter(isRare);
  if (rare.length < 2) return { table: counts, merged: 0 };
  const together = { reference: total(rare, "reference"), current: total(rare, "current") };
  return { table: [...counts.filter((count) => !isRare(count)), together], merged: rare.length };
}

const divergence = (p: readonly number[], mean: readonly number[]) =>
  p.reduce((sum, share, k) => (share === 0 ? sum : sum + share * Math.log(share / (mean[k] ?? share))), 0);

/** Jensen-Shannon distance with the natural logarithm: 0 for equal shares, sqrt(ln 2) = 0.8326 for disjoint ones. */
export function jensenShannon(counts: readonly Counts[]): number {
  const p = shares(counts, "reference");
  const q = shares(counts, "current");
  const mean = p.map((share, k) => (share + (q[k] ?? 0)) / 2);
  return Math.sqrt(Math.max(0, (divergence(p, mean) + divergence(q, mean)) / 2));
}

/** Zero shares become 1e-4, or a millionth of the smallest share where that is below 1e-4 already. */
function withoutZeros(part: readonly number[]): number[] {
  const smallest = Math.min(...part.filter((share) => share > 0));
  const floor = smallest <= 1e-4 ? smallest / 1e6 : 1e-4;
  return part.map((share) => (share === 0 ? floor : share));
}

const stability = (p: readonly number[], q: readonly number[]) =>
  p.reduce((sum, share, k) => {
    const other = q[k] ?? share;
    return sum + (share - other) * Math.log(share / other);
  }, 0);

/** Population stability index over categories: sum (p - q) ln(p / q); below 0.1 is commonly read as stable, above 0.25 as a change to act on. */
export const categoryPsi = (counts: readonly Counts[]): number => stability(withoutZeros(shares(counts, "reference")), withoutZeros(shares(counts, "current")));

/** Population stability index over numeric bins, where every share counts as at least 1e-4. */
export const binnedPsi = (bins: readonly Counts[]): number => {
  const atLeast = (share: number) => Math.max(share, 1e-4);
  return stability(shares(bins, "reference").map(atLeast), shares(bins, "current").map(atLeast));
};
