import type { ColumnReport, DriftReport, Finding, Thresholds } from "#contracts/platform/drift-report.ts";
import { verdictOf } from "./judge-window.ts";
import { benjaminiHochberg, twoProportions } from "./proportions.ts";
import { findingOf } from "./severity.ts";

/** Findings of which a report holds the effect, and only where it reached the notice level. */
const kept = ["newCategory", "outOfRange", "duplicates", "correlation"] as const;
type Kept = (typeof kept)[number];
const isKept = (rule: Finding["rule"]): rule is Kept => kept.some((one) => one === rule);

/** The smaller side of a column; its values where `present`, else its rows. */
function least({ reference, current }: ColumnReport, isPresent: boolean): number {
  if (!reference || !current) return 0;
  return Math.min(...[reference, current].map(({ rows, missingShare }) => Math.round(rows * (isPresent ? 1 - missingShare : 1))));
}

/** Columns as they would have been tested, with the findings of their distributions. */
function distributions(columns: readonly ColumnReport[], thresholds: Thresholds) {
  const tested = columns.flatMap((column) => (column.test && least(column, true) >= thresholds.minRows ? [{ column, test: column.test }] : []));
  const adjusted = benjaminiHochberg(tested.map(({ test }) => test.p));
  return tested.map(({ column, test }, index) => {
    const levels = column.type === "numeric" ? thresholds.numeric : thresholds.categorical;
    const findings = (adjusted[index] ?? 1) < thresholds.significance ? findingOf("distribution", [column.name], test.distance, levels, "") : [];
    return { name: column.name, test, status: findings.length > 0 ? ("drifted" as const) : ("stable" as const), findings };
  });
}

function missing(columns: readonly ColumnReport[], thresholds: Thresholds): Finding[] {
  const counted = columns.flatMap(({ name, reference, current, ...column }) =>
    reference && current && least({ ...column, name, reference, current }, false) >= thresholds.minRows ? [{ name, reference, current }] : [],
  );
  const sides = ({ rows, missingShare }: NonNullable<ColumnReport["current"]>) => ({ count: Math.round(rows * missingShare), of: rows });
  const adjusted = benjaminiHochberg(counted.map(({ reference, current }) => twoProportions(sides(reference), sides(current)).p));
  return counted.flatMap(({ name, reference, current }, index) =>
    (adjusted[index] ?? 1) < thresholds.significance
      ? findingOf("missing", [name], Math.abs(current.missingShare - reference.missingShare), thresholds.missing, "")
      : [],
  );
}

/**
 * What a report would have said under other thresholds, from what it holds: tests and shares of every column, and effects that were findings.
 * `isExact` is false where it does not hold enough: what lay below a notice level that was higher, or a test at another significance or number of rows.
 */
export function rejudge(report: DriftReport, thresholds: Thresholds): { readonly report: DriftReport; readonly isExact: boolean } {
  const before = report.thresholds;
  const isExact =
    report.status === "noData" ||
    (kept.every((rule) => thresholds[rule].notice >= before[rule].notice) &&
      thresholds.significance === before.significance &&
      thresholds.minRows === before.minRows);
  const columns = distributions(report.columns, thresholds);
  const judged = new Set(columns.map(({ name }) => name));
  const others = report.findings.flatMap((finding) => {
    if (finding.rule === "schema") return [finding];
    if (!isKept(finding.rule)) return [];
    const isGone = (finding.rule === "newCategory" || finding.rule === "outOfRange") && !finding.columns.every((name) => judged.has(name));
    return isGone ? [] : findingOf(finding.rule, finding.columns, finding.effect, thresholds[finding.rule], finding.message);
  });
  const findings = [...columns.flatMap((column) => column.findings), ...missing(report.columns, thresholds), ...others];
  const verdict = verdictOf(columns, findings, thresholds);
  const status = report.status === "noData" ? report.status : verdict.tested === 0 ? "insufficient" : "judged";
  const changed = report.columns.map((column): ColumnReport => {
    const found = columns.find(({ name }) => name === column.name);
    const { test: _test, ...untested } = column;
    return found ? { ...column, status: found.status } : { ...untested, status: column.test ? "insufficient" : column.status };
  });
  return { report: { ...report, ...verdict, status, findings, columns: changed, thresholds }, isExact };
}
