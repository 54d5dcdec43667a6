import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import { doesNotExist, invalid } from "../errors.ts";
import { drawVariant, stickyVariant } from "./choose-variant.ts";

/** Where a server learns what an endpoint is. */
export interface EndpointSource {
  /** @returns undefined when there is no such endpoint */
  find(name: string): Promise<Endpoint | undefined>;
}

/** What a request says about the variant that it wants. */
export interface VariantWish {
  /** A variant by name. */
  readonly target?: string | undefined;
  /** A variant by the version of its model. */
  readonly version?: string | undefined;
  /** The key that sticky assignment goes by. */
  readonly key?: string | undefined;
}

const known = (variants: readonly Variant[]) => variants.map(({ name, modelVersion }) => `${name} (version ${modelVersion})`).join(", ");

function refuseRevoked(endpoint: Endpoint, variant: Variant): Variant {
  if (variant.revoked)
    throw doesNotExist(`model version ${variant.modelName}/${variant.modelVersion} of endpoint ${endpoint.name} was revoked: ${variant.revoked.reason}`);
  return variant;
}

/**
 * The variant for a request: the one it names, else by sticky key, else by draw. Revoked versions are never chosen.
 * @param draw evenly distributed in [0, 1)
 * @throws DomainError when the named variant is unknown or revoked, or when none is left
 */
export function assignVariant(endpoint: Endpoint, { target, version, key }: VariantWish, draw: number): Variant {
  if (target !== undefined || version !== undefined) {
    const wanted = endpoint.variants.find(
      ({ name, modelVersion }) => (target === undefined || name === target) && (version === undefined || modelVersion === version),
    );
    if (!wanted && target !== undefined) throw invalid(`variant must be one of ${known(endpoint.variants)}, got ${target.slice(0, 100)}`);
    if (!wanted) throw doesNotExist(`version ${version?.slice(0, 100)} of ${endpoint.name} not found, it has ${known(endpoint.variants)}`);
    return refuseRevoked(endpoint, wanted);
  }
  const servable = endpoint.variants.some(({ revoked }) => revoked) ? endpoint.variants.filter(({ revoked }) => !revoked) : endpoint.variants;
  const chosen = endpoint.assignment.mode === "sticky" && key !== undefined ? stickyVariant(endpoint.name, servable, key) : drawVariant(servable, draw);
  if (chosen) return chosen;
  const [revoked] = endpoint.variants.filter((variant) => variant.revoked);
  if (revoked) return refuseRevoked(endpoint, revoked);
  throw doesNotExist(`endpoint ${endpoint.name} has no variant with weight`);
}

/** Who answers in place of a variant that cannot be loaded: the heaviest of the others. */
export const substituteFor = (endpoint: Endpoint, failed: Variant): Variant | undefined =>
  endpoint.variants.filter(({ name, weight, revoked }) => name !== failed.name && weight > 0 && !revoked).toSorted((a, b) => b.weight - a.weight)[0];
