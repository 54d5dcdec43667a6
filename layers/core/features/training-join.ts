import type { DefinitionStore } from "./definitions.ts";
import { type FeatureRequest, type RequestedFeature, requestedFeatures } from "./requested-features.ts";

/** A training set to make: for every example the features as they were at its time. */
export interface TrainingRequest {
  readonly entityRowsUri: string;
  readonly entityColumns?: readonly string[] | undefined;
  readonly eventTimestampColumn: string;
  readonly features: readonly RequestedFeature[];
  /** `as_of`: rows created after the example's time are unknown to it. */
  readonly knowledge: "latest" | "as_of";
  readonly outputUri?: string | undefined;
}
export interface TrainingSet {
  readonly uri: string;
  readonly rows: number;
  readonly columns: string[];
  readonly sha256: string;
}

/**
 * Joins features to examples. For each: rows of its key, not after it (the same instant is not after) and not older than the view's time
 * to live (that age is not older); the latest event, of those the latest created. Every example is kept, in its place, whatever was found.
 */
export interface TrainingJoin {
  join(request: TrainingRequest): Promise<TrainingSet>;
}

/** Makes a training set. @throws DomainError for features that do not exist or collide, and for files that lack a column */
export async function joinFeatures(
  ctx: { readonly definitions: Pick<DefinitionStore, "find">; readonly training: TrainingJoin },
  { features, featureService, fullFeatureNames, ...rest }: FeatureRequest & Omit<TrainingRequest, "features">,
): Promise<TrainingSet> {
  const requested = await requestedFeatures(ctx.definitions, { features, featureService, fullFeatureNames });
  return ctx.training.join({ ...rest, features: requested });
}
