import type { ColumnReport, Finding, Thresholds } from "#contracts/platform/drift-report.ts";
import { binnedPsi, categoryPsi, chiSquare, jensenShannon, mergeRare } from "./category-distance.ts";
import { categoryHistogram, numericHistogram } from "./histogram.ts";
import { newCategoryFindings, outOfRangeFindings } from "./novelty.ts";
import { countsBetween, kolmogorovSmirnov, referenceDeciles, wassersteinNormed } from "./numeric-distance.ts";
import type { CategoricalPair, ColumnPair, NumericPair, SideSummary } from "./profile.ts";
import { benjaminiHochberg, twoProportions } from "./proportions.ts";
import { findingOf, worst } from "./severity.ts";

type Test = Omit<NonNullable<ColumnReport["test"]>, "adjustedP">;
type Judged = NumericPair | CategoricalPair;
const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
const present = ({ rows, missing }: SideSummary) => rows - missing;
const missingShare = ({ rows, missing }: SideSummary) => (rows === 0 ? 0 : missing / rows);

function testOf(pair: Judged): Test {
  if (pair.kind === "numeric") {
    const { d, p } = kolmogorovSmirnov(pair.steps);
    return { name: "kolmogorov-smirnov", statistic: d, p, distance: wassersteinNormed(pair), psi: binnedPsi(countsBetween(pair, referenceDeciles(pair))) };
  }
  const counts = pair.unlisted.categories === 0 ? pair.counts : [...pair.counts, pair.unlisted];
  const { statistic, p } = chiSquare(mergeRare(counts).table);
  return { name: "chi-square", statistic, p, distance: jensenShannon(counts), psi: categoryPsi(counts) };
}

function distributionFindings(pair: Judged, test: Test & { readonly adjustedP: number }, thresholds: Thresholds): Finding[] {
  if (test.adjustedP >= thresholds.significance) return [];
  const by = `p ${test.adjustedP.toExponential(1)}`;
  if (pair.kind === "categorical")
    return findingOf(
      "distribution",
      [pair.name],
      test.distance,
      thresholds.categorical,
      `shares of categories moved (distance ${test.distance.toFixed(3)}, ${by})`,
    );
  const means = `mean ${pair.reference.mean.toPrecision(4)} to ${pair.current.mean.toPrecision(4)}`;
  return findingOf(
    "distribution",
    [pair.name],
    test.distance,
    thresholds.numeric,
    `values moved by ${test.distance.toFixed(3)} standard deviations (${means}, ${by})`,
  );
}

/** Rows of the current window outside what the reference holds at all. */
const noveltyFindings = (pair: Judged, thresholds: Thresholds): Finding[] =>
  pair.kind === "categorical" ? newCategoryFindings(pair, thresholds) : outOfRangeFindings(pair, thresholds);

function missingFindings(pair: Judged, adjustedP: number, thresholds: Thresholds): Finding[] {
  if (adjustedP >= thresholds.significance) return [];
  const [before, after] = [missingShare(pair.reference), missingShare(pair.current)];
  return findingOf("missing", [pair.name], Math.abs(after - before), thresholds.missing, `missing values went from ${percent(before)} to ${percent(after)}`);
}

function unjudged(pair: ColumnPair, minRows: number): Pick<ColumnReport, "status" | "reason"> | undefined {
  if (pair.kind === "skipped") return { status: "skipped", reason: pair.reason };
  const least = Math.min(present(pair.reference), present(pair.current));
  if (least === 0) return { status: "noData", reason: "one side has no values" };
  return least < minRows ? { status: "insufficient", reason: `${least} values on one side, ${minRows} are needed` } : undefined;
}

const sideOf = (side: SideSummary) => ({ rows: side.rows, missingShare: missingShare(side) });
const sidesOf = (pair: ColumnPair) =>
  pair.kind === "skipped" ? { type: null } : { type: pair.kind, reference: sideOf(pair.reference), current: sideOf(pair.current) };

function pictureOf(pair: Judged): Pick<ColumnReport, "histogram" | "summary"> {
  if (pair.kind === "categorical") return { histogram: categoryHistogram(pair) };
  const { reference, current } = pair;
  return {
    histogram: numericHistogram(pair),
    summary: { referenceMean: reference.mean, currentMean: current.mean, referenceSd: reference.sd, currentSd: current.sd },
  };
}

/**
 * Judges every column: a distribution has changed where its adjusted p-value is significant AND its distance reaches the notice level,
 * since with enough rows every trifle is significant. Both p-values are adjusted over all columns of the window.
 */
export function judgeColumns(pairs: readonly ColumnPair[], thresholds: Thresholds): { readonly columns: ColumnReport[]; readonly findings: Finding[] } {
  const judged = pairs.filter((pair): pair is Judged => pair.kind !== "skipped" && unjudged(pair, thresholds.minRows) === undefined);
  const tests = judged.map(testOf);
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p));
  const counted = pairs.filter((pair): pair is Judged => pair.kind !== "skipped" && Math.min(pair.reference.rows, pair.current.rows) >= thresholds.minRows);
  const missing = counted.map(({ reference, current }) =>
    twoProportions({ count: reference.missing, of: reference.rows }, { count: current.missing, of: current.rows }),
  );
  const missingP = benjaminiHochberg(missing.map(({ p }) => p));
  const missingOf = new Map(counted.map((pair, k) => [pair.name, missingFindings(pair, missingP[k] ?? 1, thresholds)]));
  const testOfColumn = new Map(judged.map((pair, k) => [pair.name, { test: tests[k], adjustedP: adjusted[k] ?? 1 }]));

  const findings: Finding[] = [];
  const columns = pairs.map((pair): ColumnReport => {
    const known = testOfColumn.get(pair.name);
    const own = [...(missingOf.get(pair.name) ?? [])];
    if (pair.kind === "skipped" || !known?.test) {
      findings.push(...own);
      return {
        name: pair.name,
        severity: worst(own.map(({ severity }) => severity)),
        status: "skipped",
        ...unjudged(pair, thresholds.minRows),
        ...sidesOf(pair),
      };
    }
    const test = { ...known.test, adjustedP: known.adjustedP };
    const moved = distributionFindings(pair, test, thresholds);
    own.push(...moved, ...noveltyFindings(pair, thresholds));
    findings.push(...own);
    const status = moved.length > 0 ? "drifted" : "stable";
    return { name: pair.name, status, severity: worst(own.map(({ severity }) => severity)), ...sidesOf(pair), test, ...pictureOf(pair) };
  });
  return { columns, findings };
}
