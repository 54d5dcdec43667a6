import * as z from "zod";

export const Severity = z.enum(["none", "notice", "warning", "alert"]).meta({ id: "Severity", description: "How far a change goes beyond its thresholds." });
export type Severity = z.output<typeof Severity>;

/** Where a change begins to matter, per rule, in the rule's own unit. */
const levels = (notice: number, warning: number, alert: number) =>
  z
    .strictObject({ notice: z.number().positive(), warning: z.number().positive(), alert: z.number().positive() })
    .refine((it) => it.notice <= it.warning && it.warning <= it.alert, "must ascend: notice <= warning <= alert")
    .prefault({ notice, warning, alert });

export const Thresholds = z
  .strictObject({
    significance: z.number().gt(0).lt(1).default(0.05).describe("Adjusted p-values (Benjamini-Hochberg) below this count as a change."),
    minRows: z.int().min(30).default(100).describe("With fewer values on either side a column is not judged."),
    numeric: levels(0.05, 0.1, 0.2).describe("Wasserstein distance in standard deviations of the reference."),
    categorical: levels(0.02, 0.1, 0.2).describe("Jensen-Shannon distance, natural logarithm, 0 to 0.83."),
    missing: levels(0.02, 0.05, 0.2).describe("Change of the share of missing values."),
    newCategory: levels(1e-9, 0.001, 0.005).describe("Share of rows with a category that the reference does not have."),
    outOfRange: levels(0.01, 0.02, 0.1).describe("Share of values outside the reference's range."),
    duplicates: levels(0.001, 0.01, 0.1).describe("Increase of the share of rows that repeat another one."),
    correlation: levels(0.1, 0.3, 0.6).describe("Change of the correlation between two numeric columns."),
    driftShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe("Share of drifted columns at which the window as a whole is an alert, if they are at least three."),
  })
  .meta({ id: "Thresholds", description: "When a monitor calls a change a change." });
export type Thresholds = z.output<typeof Thresholds>;

const Rule = z.enum(["distribution", "missing", "newCategory", "outOfRange", "duplicates", "correlation", "schema"]);

export const Finding = z
  .object({
    rule: Rule,
    columns: z.array(z.string()),
    severity: Severity,
    effect: z.number().describe("In the unit of the rule's thresholds."),
    score: z.number().describe("The effect as a multiple of the rule's alert threshold."),
    message: z.string(),
  })
  .meta({ id: "Finding", description: "One change between the reference and the current window." });
export type Finding = z.output<typeof Finding>;

const Side = z.object({ rows: z.int(), missingShare: z.number() });
export const ColumnReport = z
  .object({
    name: z.string(),
    type: z.enum(["numeric", "categorical"]).nullable(),
    status: z.enum(["drifted", "stable", "insufficient", "noData", "skipped"]),
    severity: Severity.describe("The worst of the column's own findings."),
    reason: z.string().optional().describe("Why the column was not judged."),
    reference: Side.optional(),
    current: Side.optional(),
    test: z
      .object({
        name: z.enum(["kolmogorov-smirnov", "chi-square"]),
        statistic: z.number(),
        p: z.number(),
        adjustedP: z.number(),
        distance: z.number().describe("Wasserstein (numeric, in standard deviations) or Jensen-Shannon (categorical)."),
        psi: z.number(),
      })
      .optional(),
    summary: z.object({ referenceMean: z.number(), currentMean: z.number(), referenceSd: z.number(), currentSd: z.number() }).optional(),
    histogram: z
      .object({
        labels: z.array(z.string()).describe("Categories, or the bins as intervals."),
        reference: z.array(z.number()).describe("Shares."),
        current: z.array(z.number()),
      })
      .optional(),
  })
  .meta({ id: "ColumnReport", description: "One column of the reference beside the current window." });
export type ColumnReport = z.output<typeof ColumnReport>;

export const Mute = z
  .object({
    column: z.string().nullable().describe("Null: the whole monitor."),
    until: z.iso.datetime(),
    reason: z.string(),
    by: z.string(),
    at: z.iso.datetime().describe("When it was muted."),
  })
  .meta({ id: "Mute", description: "What raises no alarm and starts no retraining for a while, though it is still reported: who wanted that, and why." });
export type Mute = z.output<typeof Mute>;

const WindowSize = z.object({ rows: z.int(), duplicateRows: z.int() });
export const DriftReport = z
  .object({
    id: z.string(),
    monitor: z.string(),
    endpoint: z.string(),
    variant: z.string().nullable(),
    window: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    createdAt: z.iso.datetime(),
    referenceUri: z.string(),
    reference: WindowSize,
    current: WindowSize,
    status: z.enum(["judged", "insufficient", "noData"]),
    severity: Severity,
    score: z.number().describe("The highest finding as a multiple of its alert threshold, or the share of drifted columns as a multiple of driftShare."),
    drifted: z.int().describe("Columns whose distribution changed."),
    tested: z.int().describe("Columns that could be judged."),
    findings: z.array(Finding).describe("The worst first."),
    columns: z.array(ColumnReport).describe("The worst first."),
    thresholds: Thresholds,
    muted: z
      .object({ mutes: z.array(Mute), score: z.number().describe("What is left of the score without muted columns.") })
      .optional()
      .describe("What was muted when the window was judged, and the score that the alarm counted; absent where nothing was. A muted monitor counts no window."),
  })
  .meta({ id: "DriftReport", description: "What a monitor saw in one window." });
export type DriftReport = z.output<typeof DriftReport>;
