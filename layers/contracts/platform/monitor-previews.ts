import * as z from "zod";
import { defineContract } from "../route.ts";
import { Severity, Thresholds } from "./drift-report.ts";
import { Alarm, monitorName } from "./monitors.ts";

const verdict = { severity: Severity, score: z.number(), drifted: z.int() };

export const ReportPreview = z
  .object({
    id: z.string(),
    window: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    status: z.enum(["judged", "insufficient", "noData"]),
    before: z.object(verdict).describe("As it was reported."),
    after: z.object(verdict).describe("As it would be reported."),
    alarm: z.enum(["ok", "pending", "alarm"]).describe("Where the alarm would stand after the window, had it been calm before the earliest one here."),
    isExact: z
      .boolean()
      .describe(
        "False where a report does not hold all that the thresholds ask for: what lay below a notice threshold that was higher, or another significance or number of rows.",
      ),
  })
  .meta({ id: "ReportPreview", description: "What a report would have said under other thresholds." });

export const monitorPreviewContract = defineContract({
  name: "monitor-previews",
  surface: "platform",
  summary: "What monitors would have said under other thresholds.",
  routes: {
    previewThresholds: {
      method: "POST",
      path: "/capstan/v1/monitor-previews/{name}",
      summary: "Judge the last reports of a monitor for which anything was captured under other thresholds and another alarm. Nothing is written.",
      request: z.object({ name: monitorName, thresholds: Thresholds.prefault({}), alarm: Alarm.prefault({}), limit: z.int().min(1).max(50).default(20) }),
      response: z.object({ reports: z.array(ReportPreview).describe("The newest first.") }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
