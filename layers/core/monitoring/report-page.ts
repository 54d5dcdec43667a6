import type { ColumnReport, DriftReport, Finding, Severity, Thresholds } from "#contracts/platform/drift-report.ts";
import { type Html, html } from "./html.ts";
import { histogramChart } from "./report-chart.ts";
import { reportStyle } from "./report-style.ts";

const word: Readonly<Record<Severity, string>> = { alert: "Alert", warning: "Warning", notice: "Notice", none: "No change" };
const ruleName: Readonly<Record<Finding["rule"], string>> = {
  distribution: "Distribution",
  missing: "Missing values",
  newCategory: "New category",
  outOfRange: "Out of range",
  duplicates: "Duplicate rows",
  correlation: "Correlation",
  schema: "Columns",
};
const unit: Readonly<Record<string, string>> = {
  numeric: "Numeric distribution (standard deviations)",
  categorical: "Categories (Jensen-Shannon distance)",
  missing: "Missing values (change of share)",
  newCategory: "New categories (share of rows)",
  outOfRange: "Out of range (share of values)",
  duplicates: "Duplicate rows (increase of share)",
  correlation: "Correlation (change)",
};

/** Beyond this many a list is no longer read. */
const shownFindings = 12;

const whole = (value: number) => value.toLocaleString("en-US");
const time = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
const percent = (share: number) => `${(share * 100).toFixed(share !== 0 && share < 0.1 ? 1 : 0)} %`;
const probability = (p: number) => (p < 0.0001 ? "< 0.0001" : p.toFixed(4));
const short = (value: number) => String(Number(value.toPrecision(4)));

const badge = (severity: Severity, size = ""): Html => html`<span class="badge ${severity} ${size}">${word[severity]}</span>`;
const figure = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
const tile = (name: string, value: string): Html => html`<div class="tile"><dt>${name}</dt><dd>${value}</dd></div>`;

const finding = ({ rule, columns, severity, message }: Finding): Html =>
  html`<li><span>${badge(severity)}</span><b>${columns.length === 0 ? ruleName[rule] : columns.join(" and ")}</b><span>${message}</span></li>`;

function figures({ test, summary, reference, current }: ColumnReport): Html[] {
  const before = reference?.missingShare ?? 0;
  const after = current?.missingShare ?? 0;
  return [
    ...(test
      ? [
          figure(test.name === "chi-square" ? "JS" : "Wasserstein", test.distance.toFixed(3)),
          figure("PSI", test.psi.toFixed(3)),
          figure("p", probability(test.adjustedP)),
        ]
      : []),
    ...(summary ? [figure("mean", `${short(summary.referenceMean)} → ${short(summary.currentMean)}`)] : []),
    ...(before > 0 || after > 0 ? [figure("missing", `${percent(before)} → ${percent(after)}`)] : []),
  ];
}

function column(report: ColumnReport): Html {
  const { name, severity, status, type, reason, histogram } = report;
  const judged = status === "drifted" || status === "stable";
  const mark = judged || severity !== "none" ? badge(severity) : html`<span class="badge plain">Not judged</span>`;
  const chart = histogram ? histogramChart(name, histogram) : html`<p class="soft small">${reason ?? ""}</p>`;
  return html`<article class="column"><header><h3>${name} <span class="soft small">${type ?? ""}</span></h3>${mark}</header>${chart}<dl class="figures">${figures(report)}</dl></article>`;
}

function thresholdTable(thresholds: Thresholds): Html {
  const rows = Object.entries(thresholds).flatMap(([name, levels]) =>
    typeof levels === "object"
      ? [
          html`<tr><td>${unit[name] ?? name}</td><td>${levels.notice < 1e-6 ? "any" : levels.notice}</td><td>${levels.warning}</td><td>${levels.alert}</td></tr>`,
        ]
      : [],
  );
  return html`<div class="table"><table><thead><tr><th>Rule</th><th>Notice from</th><th>Warning from</th><th>Alert from</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="soft small">A distribution has changed where the p-value, adjusted for the number of columns (Benjamini-Hochberg), is below ${thresholds.significance} and the distance reaches its notice level. Columns with fewer than ${thresholds.minRows} values on one side are not judged. The window is an alert as a whole once ${percent(thresholds.driftShare)} of its columns, and at least three, have changed.</p>`;
}

function verdict({ status, severity, drifted, tested, findings }: DriftReport): string {
  if (status === "noData") return "Nothing was captured in this window.";
  if (status === "insufficient") return "Too few rows were captured in this window to judge it.";
  if (severity === "none") return `None of ${tested} columns has changed.`;
  return `${drifted} of ${tested} columns changed their distribution; ${findings.length} ${findings.length === 1 ? "finding" : "findings"} in all.`;
}

/** The worst findings; the others are one click away, without a script. */
function findingList(findings: readonly Finding[]): Html {
  if (findings.length === 0) return html``;
  const rest = findings.slice(shownFindings);
  const more = rest.length === 0 ? html`` : html`<details><summary>${rest.length} more</summary><ol class="list">${rest.map(finding)}</ol></details>`;
  return html`<h2>Findings</h2><ol class="list">${findings.slice(0, shownFindings).map(finding)}</ol>${more}`;
}

/** The report as one page of HTML: no script, no request, readable in light and dark, the worst first. Everything from outside is escaped. */
export function reportPage(report: DriftReport): string {
  const { monitor, endpoint, variant, window, reference, current, findings, columns, thresholds } = report;
  const of = variant === null ? endpoint : `${endpoint}, variant ${variant}`;
  const overall = report.status === "judged" ? badge(report.severity, "large") : html`<span class="badge plain large">Not judged</span>`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${`Drift of ${monitor}: ${word[report.severity]}`}</title><style>${{ markup: reportStyle }}</style></head>
<body><main>
<div class="top"><div><h1>${`Drift of ${monitor}`}</h1><p class="soft">${of} · ${time(window.from)} to ${time(window.to)} UTC</p></div>${overall}</div>
<p style="margin-top:14px">${verdict(report)}</p>
<dl class="tiles">${[
    tile("Rows in this window", whole(current.rows)),
    tile("Rows in the reference", whole(reference.rows)),
    tile("Changed columns", `${report.drifted} of ${report.tested}`),
    tile("Score (1 = alert)", report.score.toFixed(2)),
  ]}</dl>
${findingList(findings)}
<h2>Columns <span class="small soft"><i class="key reference"></i>reference<i class="key current"></i>current</span></h2>
<div class="columns">${columns.map(column)}</div>
<h2>Thresholds</h2>${thresholdTable(thresholds)}
<p class="soft small" style="margin-top:24px">Reference: ${report.referenceUri}. Report ${report.id}, made ${time(report.createdAt)} UTC.</p>
</main></body></html>
`;
  return page.markup;
}
