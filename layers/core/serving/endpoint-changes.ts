import type { Endpoint, EndpointEvent, Variant } from "#contracts/platform/endpoint.ts";

export interface ChangeNote {
  readonly at: number;
  readonly by: string;
  readonly change: EndpointEvent["change"];
  readonly reason: string;
  /** The rollout that the change is a part of. */
  readonly rolloutId?: string;
}

/** What an event says of the variants that it left. */
export const left = (variants: readonly Variant[]): Pick<EndpointEvent, "weights" | "models"> => ({
  weights: Object.fromEntries(variants.map(({ name, weight }) => [name, weight])),
  models: Object.fromEntries(variants.map(({ name, modelName, modelVersion }) => [name, { modelName, modelVersion }])),
});

/** The endpoint's next revision, and the event that tells of it. */
export function nextRevision(endpoint: Endpoint, fields: Partial<Endpoint>, note: ChangeNote): { readonly endpoint: Endpoint; readonly event: EndpointEvent } {
  const next = { ...endpoint, ...fields, revision: endpoint.revision + 1, updatedAt: note.at, updatedBy: note.by };
  return { endpoint: next, event: { ...note, revision: next.revision, ...left(next.variants) } };
}

/** The same variants with other weights; one that is not named gets none. */
export const withWeights = (variants: readonly Variant[], weights: ReadonlyMap<string, number>): Variant[] =>
  variants.map((variant) => ({ ...variant, weight: weights.get(variant.name) ?? 0 }));

/** Rounded to what shares of traffic can mean, so that 0.9 is not written as 0.8999999999999999. */
export const share = (weight: number): number => Math.round(weight * 1e9) / 1e9;
