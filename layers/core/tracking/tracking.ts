import type { ExperimentStore } from "./experiment.ts";
import type { ListedRecordStore, RecordStore } from "./record-store.ts";

/** What the tracking operations stand on. */
export interface TrackingContext {
  readonly experiments: ExperimentStore;
  readonly runs: RecordStore;
  /** Logged models: a metric that names one is kept with it as well. */
  readonly models: ListedRecordStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least 32 random hex digits. */
  readonly newId: () => string;
}
