import { driftRequested } from "#contracts/events/drift.ts";
import { eventSource } from "#contracts/events/platform-event.ts";
import { defineFunction } from "#contracts/function-spec.ts";
import { DetectDriftInput, DetectDriftOutput } from "#contracts/platform/monitoring-tasks.ts";

export const detectDrift = defineFunction({
  name: "detect-drift",
  summary: "Judges the windows of monitors that are due, stores reports, raises and clears alarms.",
  task: { input: DetectDriftInput, output: DetectDriftOutput },
  // As often as a monitor can ask for; without one that is due a run reads one page of a table.
  schedule: { expression: "rate(1 minute)", input: {} },
  on: [{ source: eventSource, detailType: driftRequested.detailType }],
  tables: { platform: "readWrite" },
  buckets: { data: "readWrite" },
  events: true,
  duckdb: true,
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
  ephemeralMiB: 10_240,
});
