import * as z from "zod";
import { driftDetected } from "#contracts/events/drift.ts";
import { eventSource } from "#contracts/events/platform-event.ts";
import { defineFunction } from "#contracts/function-spec.ts";

export const startRetraining = defineFunction({
  name: "start-retraining",
  summary: "Starts the training pipeline again when a drift alarm is raised.",
  task: {
    input: z.object({ detail: driftDetected.detail }),
    output: z.union([z.object({ started: z.literal(true), execution: z.string() }), z.object({ started: z.literal(false), reason: z.string() })]),
  },
  tables: { platform: "readWrite" },
  machines: ["training"],
  on: [{ source: eventSource, detailType: driftDetected.detailType }],
  memoryMiB: 256,
});
