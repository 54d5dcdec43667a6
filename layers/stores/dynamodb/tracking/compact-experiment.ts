import type { ExperimentStore } from "#core/tracking/experiment.ts";
import type { BlockFiles } from "../../s3/blocks/block-files.ts";
import { type Compacted, compact } from "./compact.ts";
import { keepLease, takeLease } from "./lease.ts";
import type { Records } from "./record-reader.ts";
import { sweepBlocks } from "./sweep-blocks.ts";

export interface CompactionContext {
  readonly experiments: Pick<ExperimentStore, "find">;
  readonly records: Records;
  readonly files: BlockFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How long a compaction may be silent before another begins. */
const leaseMs = 60_000;
/** How long an experiment is left alone after one: runs that are being written to are taken apart and made again no more often. */
const restMs = 20_000;

/** Packs the runs of an experiment, once at a time. Nothing is done where another is at it or was just now, or the experiment is not there. */
export async function compactExperiment({ experiments, records, files, now }: CompactionContext, experimentId: string): Promise<Compacted> {
  const { table } = records;
  const experiment = await experiments.find(experimentId);
  if (!experiment || !(await takeLease(table, experimentId, now(), now() + leaseMs))) return { packed: 0, retired: 0 };
  const compacted = await compact(records, files, experimentId, experiment.shards, () => keepLease(table, experimentId, now() + leaseMs));
  await sweepBlocks(table, files, experimentId, now());
  await keepLease(table, experimentId, now() + restMs);
  return compacted;
}
