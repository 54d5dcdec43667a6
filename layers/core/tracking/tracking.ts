import type { ExperimentStore } from "./experiment.ts";
import type { ListedRecordStore, RecordStore } from "./record-store.ts";
import type { RunActivity } from "./run-activity.ts";

/** What the tracking operations stand on. */
export interface TrackingContext {
  readonly experiments: ExperimentStore;
  readonly runs: RecordStore;
  /** Logged models: a metric that names one is kept with it as well. */
  readonly models: ListedRecordStore;
  /** Where lists over all experiments look for runs. */
  readonly activity: RunActivity;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least 32 random hex digits. */
  readonly newId: () => string;
}
