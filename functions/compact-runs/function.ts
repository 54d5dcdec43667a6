import { compactionRequested } from "#contracts/events/compaction.ts";
import { eventSource } from "#contracts/events/platform-event.ts";
import { defineFunction } from "#contracts/function-spec.ts";
import { CompactRunsInput, CompactRunsOutput, packedFolders } from "#contracts/platform/tracking-tasks.ts";

export const compactRuns = defineFunction({
  name: "compact-runs",
  summary: "Packs the runs of an experiment into columnar blocks, so that searches read blocks instead of runs.",
  task: { input: CompactRunsInput, output: CompactRunsOutput },
  on: [{ source: eventSource, detailType: compactionRequested.detailType }],
  tables: { tracking: "readWrite" },
  buckets: { artifacts: { access: "readWrite", folders: Object.values(packedFolders) } },
  heavy: true,
  memoryMiB: 1769,
  timeoutSeconds: 900,
});
