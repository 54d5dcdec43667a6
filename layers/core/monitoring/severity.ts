import type { Finding, Severity, Thresholds } from "#contracts/platform/drift-report.ts";

const order: readonly Severity[] = ["none", "notice", "warning", "alert"];
export const rank = (severity: Severity): number => order.indexOf(severity);
export const worst = (severities: readonly Severity[]): Severity => severities.reduce((most, one) => (rank(one) > rank(most) ? one : most), "none");

type Levels = Thresholds["numeric"];

/** @returns "none" below the notice level */
function severityOf(effect: number, { notice, warning, alert }: Levels): Severity {
  if (effect >= alert) return "alert";
  if (effect >= warning) return "warning";
  return effect >= notice ? "notice" : "none";
}

/** A finding where the effect reaches the rule's notice level. */
export function findingOf(rule: Finding["rule"], columns: readonly string[], effect: number, levels: Levels, message: string): Finding[] {
  const severity = severityOf(effect, levels);
  return severity === "none" ? [] : [{ rule, columns: [...columns], severity, effect, score: effect / levels.alert, message }];
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The worst first; equal ones by their columns, so that a report of the same window reads the same. */
export const bySeverity = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => rank(b.severity) - rank(a.severity) || b.score - a.score || compareText(a.columns.join(), b.columns.join()));
