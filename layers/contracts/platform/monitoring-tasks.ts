import * as z from "zod";
import { driftRequested } from "../events/drift.ts";

/** From the schedule: nothing. By hand: one monitor. From the bus: a request for a report now. */
export const DetectDriftInput = z.union([
  z.object({ detail: driftRequested.detail }).transform(({ detail }) => detail),
  z.object({
    monitor: z.string().optional().describe("Judge this one now, whatever its schedule."),
    now: z.int().optional().describe("Milliseconds since the epoch. @default the present"),
  }),
]);
export const DetectDriftOutput = z.object({
  judged: z.array(z.object({ monitor: z.string(), reportId: z.string(), severity: z.string() })),
  failed: z.array(z.object({ monitor: z.string(), error: z.string() })),
});

export const WriteCapturesOutput = z.object({ written: z.int(), unreadable: z.int() });
export const CompactCapturesInput = z.object({ hours: z.int().min(1).max(720).default(48).describe("How far back to look.") });
export const CompactCapturesOutput = z.object({ compacted: z.int() });
