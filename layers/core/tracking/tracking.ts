import type { ExperimentStore } from "./experiment.ts";
import type { RecordStore } from "./record-store.ts";

/** What the tracking operations stand on. */
export interface TrackingContext {
  readonly experiments: ExperimentStore;
  readonly runs: RecordStore;
  /** Logged models: a metric that names one is kept with it as well. */
  readonly models: RecordStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least 32 random hex digits. */
  readonly newId: () => string;
}
