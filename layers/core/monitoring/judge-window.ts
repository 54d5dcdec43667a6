import type { DriftReport, Finding, Thresholds } from "#contracts/platform/drift-report.ts";
import { judgeColumns } from "./judge-columns.ts";
import type { CorrelationPair, WindowPair } from "./profile.ts";
import { benjaminiHochberg, sameCorrelation, twoProportions } from "./proportions.ts";
import { bySeverity, findingOf, rank, worst } from "./severity.ts";

/** Fewer changed columns than this speak for themselves: as a share of two columns, one chance finding would be an alert. */
const fewColumns = 3;

/** What findings amount to, the worst of them or the share of columns that drifted. */
export function verdictOf(
  columns: readonly Pick<DriftReport["columns"][number], "status" | "test">[],
  findings: readonly Pick<Finding, "severity" | "score">[],
  { driftShare }: Thresholds,
): Pick<DriftReport, "severity" | "score" | "drifted" | "tested"> {
  const tested = columns.filter(({ test }) => test !== undefined).length;
  const drifted = columns.filter(({ status }) => status === "drifted").length;
  const share = drifted < fewColumns ? 0 : drifted / tested;
  return {
    severity: worst([...findings.map(({ severity }) => severity), share >= driftShare ? "alert" : "none"]),
    score: Math.max(share / driftShare, ...findings.map(({ score }) => score)),
    drifted,
    tested,
  };
}

/** What a window is, apart from its rows. */
export type WindowIdentity = Pick<DriftReport, "id" | "monitor" | "endpoint" | "variant" | "window" | "createdAt" | "referenceUri">;

/** More rows repeat another one than the reference would at this size: chance collisions grow with the number of rows. */
function duplicateFindings({ reference, current }: WindowPair, thresholds: Thresholds): Finding[] {
  if (Math.min(reference.rows, current.rows) < thresholds.minRows) return [];
  const scale = Math.max(1, current.rows / reference.rows);
  const expected = Math.min(reference.rows, reference.duplicateRows * scale);
  const { p } = twoProportions({ count: expected, of: reference.rows }, { count: current.duplicateRows, of: current.rows });
  if (p >= thresholds.significance) return [];
  const increase = current.duplicateRows / current.rows - expected / reference.rows;
  return findingOf("duplicates", [], increase, thresholds.duplicates, `${current.duplicateRows} of ${current.rows} rows repeat another one`);
}

/** Changes of the joint distribution that no single column shows. */
function correlationFindings(pairs: readonly CorrelationPair[], thresholds: Thresholds): Finding[] {
  const usable = pairs.filter(({ reference, current }) => Math.min(reference.n, current.n) >= thresholds.minRows);
  const adjusted = benjaminiHochberg(usable.map(({ reference, current }) => sameCorrelation(reference, current).p));
  return usable.flatMap(({ a, b, reference, current }, k) => {
    if ((adjusted[k] ?? 1) >= thresholds.significance) return [];
    const message = `correlation went from ${reference.r.toFixed(2)} to ${current.r.toFixed(2)}`;
    return findingOf("correlation", [a, b], Math.abs(current.r - reference.r), thresholds.correlation, message);
  });
}

const schemaFindings = ({ missingColumns, extraColumns }: WindowPair): Finding[] => [
  ...missingColumns.map((name): Finding => ({ rule: "schema", columns: [name], severity: "alert", effect: 1, score: 1, message: "column is absent" })),
  ...extraColumns.map(
    (name): Finding => ({ rule: "schema", columns: [name], severity: "notice", effect: 1, score: 0, message: "column is not in the reference" }),
  ),
];

const statusOf = (windows: WindowPair, tested: number): DriftReport["status"] =>
  windows.current.rows === 0 ? "noData" : tested === 0 ? "insufficient" : "judged";

/** The whole report of one window: a pure function of the two profiles and the thresholds. */
export function judgeWindow(identity: WindowIdentity, windows: WindowPair, thresholds: Thresholds): DriftReport {
  const { columns, findings: ofColumns } = judgeColumns(windows.columns, thresholds);
  const tested = columns.filter(({ test }) => test !== undefined).length;
  const status = statusOf(windows, tested);
  const schema = status === "noData" ? [] : schemaFindings(windows);
  const findings = bySeverity([...ofColumns, ...schema, ...duplicateFindings(windows, thresholds), ...correlationFindings(windows.correlations, thresholds)]);
  const scoreOf = (name: string) => Math.max(0, ...findings.filter(({ columns: of }) => of.length === 1 && of[0] === name).map(({ score }) => score));
  return {
    ...identity,
    reference: windows.reference,
    current: windows.current,
    status,
    ...verdictOf(columns, findings, thresholds),
    findings,
    columns: columns.toSorted((a, b) => rank(b.severity) - rank(a.severity) || scoreOf(b.name) - scoreOf(a.name)),
    thresholds,
  };
}
