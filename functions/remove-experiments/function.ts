import { eventSource } from "#contracts/events/platform-event.ts";
import { removalRequested } from "#contracts/events/removals.ts";
import { defineFunction } from "#contracts/function-spec.ts";
import { RemoveExperimentsInput, RemoveExperimentsOutput } from "#contracts/platform/tracking-tasks.ts";

export const removeExperiments = defineFunction({
  name: "remove-experiments",
  summary: "Removes what experiments that were deleted for good left behind: files, runs, points, logged models, packed blocks.",
  task: { input: RemoveExperimentsInput, output: RemoveExperimentsOutput },
  on: [{ source: eventSource, detailType: removalRequested.detailType }],
  // What an event did not finish, or never began; without anything left a run is one small read.
  schedule: { expression: "rate(1 hour)", input: {} },
  tables: { tracking: "readWrite" },
  buckets: { artifacts: "readWrite" },
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
});
