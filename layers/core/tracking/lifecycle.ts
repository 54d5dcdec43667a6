import type { RecordState } from "./record.ts";

export type Stage = "active" | "deleted";

/**
 * Deleting or restoring an experiment raises its epoch. A run carries the epoch at which its own stage was set: while the two
 * agree its own stage counts, after that the experiment's does. So one write marks any number of runs.
 */
export interface Lifecycle {
  readonly stage: Stage;
  readonly epoch: number;
}

export const stageWithin = (own: Lifecycle, experiment: Lifecycle): Stage => (own.epoch === experiment.epoch ? own.stage : experiment.stage);

/** A record's own stage; undefined for a record that was never created. */
export function ownLifecycle({ info }: Pick<RecordState, "info">): Lifecycle | undefined {
  const stage = info.get("stage");
  if (stage !== "active" && stage !== "deleted") return undefined;
  return { stage, epoch: Number(info.get("epoch") ?? 0) };
}
