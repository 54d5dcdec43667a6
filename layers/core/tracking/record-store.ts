import type { Lifecycle, Stage } from "./lifecycle.ts";
import type { Point } from "./points.ts";
import type { InfoValue, RecordState } from "./record.ts";

/** What one request changes. All of it becomes visible at once, except that more than 16 points may show in the history a moment earlier. */
export interface Change {
  readonly info?: ReadonlyMap<string, InfoValue>;
  /** Write-once: a param that has another value refuses the whole change. */
  readonly params?: ReadonlyMap<string, string>;
  /** null removes. */
  readonly tags?: ReadonlyMap<string, string | null>;
  /** Write-once: one that is there already stays as it is. */
  readonly links?: ReadonlyMap<string, string>;
  readonly points?: readonly Point[];
}

export interface ParamConflict {
  readonly key: string;
  readonly old: string;
  readonly given: string;
}

export type WriteResult =
  | { readonly kind: "written" }
  | { readonly kind: "absent" }
  | { readonly kind: "notActive"; readonly stage: Stage }
  | { readonly kind: "paramConflict"; readonly conflicts: readonly ParamConflict[] };

/** Where runs, or logged models, are kept. Every read shows every write that was acknowledged before it began. */
export interface RecordStore {
  /** The id must be new: made by {@link recordId}. */
  create(id: string, state: Omit<Change, "points">, own: Lifecycle): Promise<void>;
  find(id: string): Promise<RecordState | undefined>;
  /** `within`: the experiment's lifecycle; the change is refused unless the record is active by it. Without it, also a deleted record changes. */
  change(id: string, change: Change, within?: Lifecycle): Promise<WriteResult>;
  /** All points of one key, or of every key, by timestamp, step and value, each once. */
  history(id: string, key?: string): Promise<readonly Point[]>;
  /** The same for one key, where a reading of the last minute is enough: for the pages after a first one. */
  recentHistory(id: string, key: string): Promise<readonly Point[]>;
}

/** Records that are never packed, and hence can be listed. */
export interface ListedRecordStore extends RecordStore {
  /** All records of an experiment, active and deleted. @param shards as the experiment says */
  list(experimentId: string, shards: number): Promise<ReadonlyMap<string, RecordState>>;
}
