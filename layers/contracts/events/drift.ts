import * as z from "zod";
import { Severity } from "../platform/drift-report.ts";
import { Retrain } from "../platform/monitors.ts";
import { defineEvent } from "./platform-event.ts";

const episode = {
  monitor: z.string(),
  endpoint: z.string(),
  variant: z.string().nullable(),
  episode: z.string().describe("Unique to the alarm's episode: an event that is delivered twice carries the same one."),
  reportId: z.string(),
  reportUri: z.string(),
  score: z.number(),
};

/** Put once when a monitor's alarm is raised, and not again before it has cleared. */
export const driftDetected = defineEvent({
  detailType: "drift.detected",
  summary: "What an endpoint is asked, or answers, differs from its reference.",
  detail: z.object({
    ...episode,
    severity: Severity,
    columns: z.array(z.string()).describe("Columns with findings, the worst first."),
    retrain: Retrain.nullable(),
  }),
});

/** Put once when an alarm that was raised has cleared. */
export const driftCleared = defineEvent({
  detailType: "drift.cleared",
  summary: "An endpoint's traffic has been like its reference again for as long as the monitor asks.",
  detail: z.object(episode),
});

/** Asks for a monitor's window that ends at `now` to be judged at once. */
export const driftRequested = defineEvent({
  detailType: "drift.requested",
  summary: "Somebody wants a drift report now.",
  detail: z.object({ monitor: z.string(), now: z.int().describe("Milliseconds since the epoch.") }),
});
