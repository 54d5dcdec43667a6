import type { Variant } from "#contracts/platform/endpoint.ts";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import type { RolloutReference } from "#contracts/platform/rollout.ts";
import type { Actor } from "#core/registry/registry.ts";
import type { EndpointStore } from "./endpoint-store.ts";
import type { HostingSettings } from "./sagemaker-hosting.ts";
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

/** What looking at a rollout and taking its steps stands on. */
export interface WatchingContext {
  readonly endpoints: EndpointStore;
  readonly statistics: { read(endpoint: string, from: number, to: number): Promise<MinuteCounts[]> };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What ending a rollout stands on. */
export interface EndingContext extends WatchingContext {
  /** Points the alias `champion` at a version, in the name of who asked. Safe to repeat. */
  moveChampion(modelName: string, modelVersion: string, actor: Actor): Promise<void>;
}

/** What changes of endpoints stand on. */
export interface EndpointContext extends EndingContext {
  /** @throws DomainError when there is no such version, alias or model file */
  resolveModelVersion(reference: ModelReference): Promise<ResolvedModel>;
  readonly newId: () => string;
  /** Where the deployment has what SageMaker endpoints need. */
  readonly hosting?: HostingSettings | undefined;
}

/** What all decisions about endpoints stand on. */
export interface ServingContext extends EndpointContext {
  /** Starts the machine that carries out a rollout. Safe to repeat. */
  startRolloutMachine(reference: RolloutReference): Promise<void>;
}
