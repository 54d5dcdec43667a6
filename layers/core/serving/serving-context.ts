import type { Variant } from "#contracts/platform/endpoint.ts";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import type { RolloutReference } from "#contracts/platform/rollout.ts";
import type { EndpointStore } from "./endpoint-store.ts";
import type { MinuteCounts } from "./statistics.ts";

/** A model version by number or by alias. */
export interface ModelReference {
  readonly modelName: string;
  readonly modelVersion?: string | undefined;
  readonly alias?: string | undefined;
}

/** All that serving needs to know of a registered model version. */
export interface ResolvedModel extends Pick<Variant, "modelName" | "modelVersion" | "modelUri" | "digest"> {
  readonly signature?: ModelSignature | undefined;
}

/** What the decisions about endpoints stand on. */
export interface ServingContext {
  readonly endpoints: EndpointStore;
  readonly statistics: { read(endpoint: string, from: number, to: number): Promise<MinuteCounts[]> };
  /** @throws DomainError when there is no such version, alias or model file */
  resolveModelVersion(reference: ModelReference): Promise<ResolvedModel>;
  /** Points the alias `champion` at a version. Safe to repeat. */
  moveChampion(modelName: string, modelVersion: string): Promise<void>;
  /** Starts the machine that watches a rollout. Safe to repeat. */
  startRolloutMachine(reference: RolloutReference): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  newId(): string;
}
