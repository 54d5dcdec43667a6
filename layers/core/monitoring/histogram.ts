import type { ColumnReport } from "#contracts/platform/drift-report.ts";
import { countsBetween } from "./numeric-distance.ts";
import type { CategoricalPair, NumericPair } from "./profile.ts";

type Histogram = NonNullable<ColumnReport["histogram"]>;
/** Enough to see a shape in a chart the width of a column. */
const maxBins = 20;
const maxCategories = 12;

const sharesOf = (bins: readonly { readonly label: string; readonly reference: number; readonly current: number }[]): Histogram => {
  const share = (side: "reference" | "current") => {
    const all = bins.reduce((sum, bin) => sum + bin[side], 0);
    return bins.map((bin) => (all === 0 ? 0 : bin[side] / all));
  };
  return { labels: bins.map(({ label }) => label), reference: share("reference"), current: share("current") };
};

const short = (value: number) => String(Number(value.toPrecision(4)));

/** The pooled value below which about the share `q` lies: good enough for the axis of a chart. */
function pooledQuantile({ steps }: NumericPair, q: number): number {
  const all = steps.reduce((sum, { reference, current }) => sum + reference + current, 0);
  let seen = 0;
  for (const { upTo, reference, current } of steps) {
    seen += reference + current;
    if (seen >= q * all) return upTo;
  }
  return steps.at(-1)?.upTo ?? 0;
}

/** A bar per value where there are few; else bars of equal width over the middle 99 %, the outer ones open ended. */
export function numericHistogram(pair: NumericPair): Histogram {
  if (pair.exact && pair.steps.length <= maxBins)
    return sharesOf(pair.steps.map(({ upTo, reference, current }) => ({ label: short(upTo), reference, current })));
  const from = pooledQuantile(pair, 0.005);
  const width = (pooledQuantile(pair, 0.995) - from) / maxBins;
  if (!(width > 0)) return sharesOf([{ label: short(from), ...totalOf(pair) }]);
  const edges = Array.from({ length: maxBins - 1 }, (_, k) => from + width * (k + 1));
  const label = (k: number) =>
    k === 0
      ? `< ${short(edges[0] ?? from)}`
      : k === maxBins - 1
        ? `≥ ${short(edges.at(-1) ?? from)}`
        : `${short(edges[k - 1] ?? from)} to ${short(edges[k] ?? from)}`;
  return sharesOf(countsBetween(pair, edges).map((bin, k) => ({ label: label(k), ...bin })));
}

const totalOf = ({ steps }: NumericPair) => ({
  reference: steps.reduce((sum, { reference }) => sum + reference, 0),
  current: steps.reduce((sum, { current }) => sum + current, 0),
});

/** The most frequent categories of both sides together; what is left over is one bar. */
export function categoryHistogram({ counts, unlisted }: CategoricalPair): Histogram {
  const frequent = counts.toSorted((a, b) => b.reference + b.current - (a.reference + a.current));
  const shown = frequent.slice(0, maxCategories).map(({ category, ...count }) => ({ label: category, ...count }));
  const rest = [...frequent.slice(maxCategories), unlisted].reduce(
    (sum, { reference, current }) => ({ reference: sum.reference + reference, current: sum.current + current }),
    { reference: 0, current: 0 },
  );
  const others = frequent.length - shown.length + unlisted.categories;
  return sharesOf(others === 0 ? shown : [...shown, { label: `${others} others`, ...rest }]);
}
