import type { Lifecycle } from "./lifecycle.ts";

/** A named group of runs. */
export interface Experiment extends Lifecycle {
  /** A decimal number below 2^31. */
  readonly experimentId: string;
  /** Unique among active and deleted experiments. */
  readonly name: string;
  readonly artifactLocation: string;
  /** Milliseconds since 1970, as is `updatedAt`. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: ReadonlyMap<string, string>;
  /** In how many partitions its live runs lie; never fewer than before. */
  readonly shards: number;
}

/** What a run of an experiment read, for the list of its datasets. */
export interface DatasetUse {
  readonly name: string;
  readonly digest: string;
  readonly context?: string;
}

export type ExperimentChange =
  | { readonly kind: "tag"; readonly key: string; readonly value: string | null }
  | { readonly kind: "stage"; readonly stage: Lifecycle["stage"] };

/** Where experiments are kept. */
export interface ExperimentStore {
  /** An id that was never given out before. */
  nextId(): Promise<string>;
  /** False when the id or the name is taken. */
  insert(experiment: Experiment): Promise<boolean>;
  find(experimentId: string): Promise<Experiment | undefined>;
  /** As it was at most a second ago: its stage may be a second late, the rest never changes what a run means. */
  findRecent(experimentId: string): Promise<Experiment | undefined>;
  findByName(name: string): Promise<Experiment | undefined>;
  list(): Promise<readonly Experiment[]>;
  rename(experiment: Experiment, name: string, updatedAt: number): Promise<"renamed" | "taken" | "changed">;
  /** False when the experiment is not there, or is deleted already (tags, deleting) or active already (restoring). */
  change(experimentId: string, change: ExperimentChange, updatedAt: number): Promise<boolean>;
  rememberDatasets(experimentId: string, uses: readonly DatasetUse[]): Promise<void>;
  listDatasets(experimentId: string): Promise<readonly DatasetUse[]>;
}
