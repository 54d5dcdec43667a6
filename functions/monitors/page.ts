import type { DriftReport } from "#contracts/platform/drift-report.ts";
import type { Content } from "#contracts/route.ts";
import { reportPage } from "#core/monitoring/report-page.ts";

/** A report's page, with a policy that lets it ask for nothing. */
export const pageContent = (report: DriftReport): Content => ({
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  },
  body: reportPage(report),
});
