import type { RegistryChange } from "#contracts/platform/registry-history.ts";
import type { RegistryStore } from "./registry-store.ts";

export const stages = ["None", "Staging", "Production", "Archived"] as const;
/** Deprecated on the wire in favour of aliases; `models:/name/Production` still reads it. */
export type Stage = (typeof stages)[number];

/** A version of a registered model. Times are milliseconds since 1970. */
export interface ModelVersion {
  readonly version: number;
  /** As it was given; {@link location} is what it stands for. */
  readonly source: string;
  /** Where the files are: never a reference such as `models:/` or `runs:/`. */
  readonly location: string;
  readonly runId?: string;
  readonly runLink?: string;
  readonly modelId?: string;
  readonly description?: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly stage: Stage;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The highest version of a stage. Large ones are kept by number only. */
export interface LatestVersion {
  readonly version: number;
  readonly copy?: ModelVersion;
}

export interface RegisteredModel {
  /** Stays when the name changes; versions hang on it. */
  readonly id: string;
  readonly name: string;
  /** New at every change of the model or of one of its versions. */
  readonly revision: string;
  readonly description?: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly aliases: ReadonlyMap<string, number>;
  readonly latest: ReadonlyMap<Stage, LatestVersion>;
  /** Numbers are given once: not again after a version is deleted. */
  readonly nextVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When a rename last touched all versions: they count as updated then. */
  readonly versionsUpdatedAt: number;
  /** How many changes its history tells of. */
  readonly changes: number;
}

export interface LoggedModelLocation {
  readonly artifactUri: string;
  readonly sourceRunId?: string;
}
/** What the registry asks of tracking. Each throws a DomainError when there is no such run or model. */
export interface RegistryTracking {
  artifactUriOfRun(runId: string): Promise<string>;
  findLoggedModel(modelId: string): Promise<LoggedModelLocation>;
  /** Adds a version to those that the logged model's tag `mlflow.modelVersions` lists. */
  noteRegistration(modelId: string, registration: { readonly name: string; readonly version: number }): Promise<void>;
}

export interface RegistryContext {
  readonly registry: RegistryStore;
  readonly tracking: RegistryTracking;
  readonly now: () => number;
  /** 32 hex digits, never the same twice. */
  readonly newId: () => string;
}

/** Who changes the registry, and on whose account. */
export type Actor = Pick<RegistryChange, "by" | "execution" | "rollout">;

/** What a change of the registry stands on: nothing changes without somebody who did it. */
export interface RegistryWriteContext extends RegistryContext {
  readonly actor: Actor;
}
