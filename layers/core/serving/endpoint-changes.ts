import type { Endpoint, EndpointEvent, Variant } from "#contracts/platform/endpoint.ts";

export interface ChangeNote {
  readonly at: number;
  readonly by: string;
  readonly change: EndpointEvent["change"];
  readonly reason: string;
}

export const weightsOf = (variants: readonly Variant[]): Record<string, number> => Object.fromEntries(variants.map(({ name, weight }) => [name, weight]));

/** The endpoint's next revision, and the event that tells of it. */
export function nextRevision(
  endpoint: Endpoint,
  fields: Partial<Endpoint>,
  { at, by, change, reason }: ChangeNote,
): { readonly endpoint: Endpoint; readonly event: EndpointEvent } {
  const next = { ...endpoint, ...fields, revision: endpoint.revision + 1, updatedAt: at, updatedBy: by };
  return { endpoint: next, event: { at, by, revision: next.revision, change, reason, weights: weightsOf(next.variants) } };
}

/** The same variants with other weights; one that is not named gets none. */
export const withWeights = (variants: readonly Variant[], weights: ReadonlyMap<string, number>): Variant[] =>
  variants.map((variant) => ({ ...variant, weight: weights.get(variant.name) ?? 0 }));

/** Rounded to what shares of traffic can mean, so that 0.9 is not written as 0.8999999999999999. */
export const share = (weight: number): number => Math.round(weight * 1e9) / 1e9;
