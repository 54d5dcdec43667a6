import type { RegistryChange } from "#contracts/platform/registry-history.ts";
import type { ModelVersion, RegisteredModel } from "./registry.ts";

/** Prompts share the registry and are searched apart from models. */
export type Kind = "model" | "prompt";

/** A version before and after a change: no `before` when it is new, no `after` when it goes. */
export interface VersionChange {
  readonly before?: ModelVersion;
  readonly after?: ModelVersion;
}

/** One change of a model and of some of its versions, made whole or not at all. No `before` when the model is new. */
export interface ModelChange {
  readonly before?: RegisteredModel;
  /** With a revision of its own. */
  readonly after: RegisteredModel;
  readonly versions?: readonly VersionChange[];
  /** What the history will tell of it; none where nothing happens that is seen from outside. */
  readonly entry?: RegistryChange;
}

export interface HistoryRange {
  /** Only what concerns this version. @default all of the model */
  readonly version?: number | undefined;
  /** Only changes with a lower number. @default from the newest */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** `conflict`: the model is no longer what `before` says. `nameTaken`: another model has the name of `after`. */
export type CommitResult = "committed" | "conflict" | "nameTaken";

/** How many versions one change may hold. */
export const maxVersionChanges = 30;

/** Where registered models are kept. Every read shows every change that was committed before it began. */
export interface RegistryStore {
  /** One read of one item. */
  find(name: string): Promise<RegisteredModel | undefined>;
  findVersions(modelId: string, versions: readonly number[]): Promise<readonly ModelVersion[]>;
  listVersions(modelId: string): Promise<readonly ModelVersion[]>;
  listModels(kind: Kind): Promise<readonly RegisteredModel[]>;
  /** Versions of all models, each with its model's id; some may be of models that are gone. */
  listAllVersions(kind: Kind): Promise<readonly (ModelVersion & { readonly registeredModelId: string })[]>;
  /** The newest change first. One read. */
  history(modelId: string, range: HistoryRange): Promise<readonly RegistryChange[]>;
  commit(change: ModelChange): Promise<CommitResult>;
  /** Removes the model, then its versions and its history. @returns false when the model is no longer what it says */
  remove(model: RegisteredModel): Promise<boolean>;
}
