import type { Finding, Thresholds } from "#contracts/platform/drift-report.ts";
import type { CategoricalPair, NumericPair } from "./profile.ts";
import { twoProportions } from "./proportions.ts";
import { findingOf } from "./severity.ts";

const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;

/**
 * Categories that the reference does not hold. Where it holds each of its categories more than once, any new one counts. Where some occur
 * once, others have been missed by chance: the share of rows to expect in unseen categories is that of the reference's singletons
 * (Good 1953), and only what goes significantly beyond it counts.
 */
export function newCategoryFindings({ name, counts, reference, current }: CategoricalPair, thresholds: Thresholds): Finding[] {
  const rows = current.rows - current.missing;
  const before = reference.rows - reference.missing;
  if (rows === 0 || before === 0) return [];
  const fresh = counts.filter((count) => count.reference === 0 && count.current > 0);
  const freshRows = fresh.reduce((sum, count) => sum + count.current, 0);
  const singletons = counts.filter((count) => count.reference === 1).length;
  const { p } = twoProportions({ count: singletons, of: before }, { count: freshRows, of: rows });
  if (singletons > 0 && p >= thresholds.significance) return [];
  const names = fresh.slice(0, 3).map(({ category }) => JSON.stringify(category));
  const message = `${percent(freshRows / rows)} of rows have new categories: ${names.join(", ")}${fresh.length > 3 ? ", ..." : ""}`;
  return findingOf("newCategory", [name], freshRows / rows - singletons / before, thresholds.newCategory, message);
}

/** Values beyond the smallest and the largest of the reference. */
export function outOfRangeFindings({ name, steps, reference, current }: NumericPair, thresholds: Thresholds): Finding[] {
  const rows = current.rows - current.missing;
  if (rows === 0) return [];
  const { min, max } = reference;
  const outside = steps.reduce((sum, step) => (step.upTo < min || step.upTo > max ? sum + step.current : sum), 0) / rows;
  return findingOf("outOfRange", [name], outside, thresholds.outOfRange, `${percent(outside)} of values are outside ${min} to ${max}`);
}
