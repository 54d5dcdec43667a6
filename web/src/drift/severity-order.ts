const severities = ["none", "notice", "warning", "alert"] as const;

/** Where a severity stands: 0 for none, 3 for an alert. */
export const severityRank = (severity: string): number => Math.max(0, severities.indexOf(severity as (typeof severities)[number]));
