import { unitHash } from "./hash-key.ts";

interface Weighted {
  readonly name: string;
  readonly weight: number;
}

/**
 * The variant that a draw falls on: each has its share of the whole weight.
 * @param draw evenly distributed in [0, 1)
 * @returns undefined when no variant has weight
 */
export function drawVariant<V extends Weighted>(variants: readonly V[], draw: number): V | undefined {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let rest = draw * total;
  let last: V | undefined;
  for (const variant of variants) {
    if (variant.weight <= 0) continue;
    last = variant;
    rest -= variant.weight;
    if (rest < 0) return variant;
  }
  return last;
}

/**
 * The variant that a key always gets. Shares are those of the weights; when weights change, keys move only to variants whose
 * share grew and from those whose share shrank (weighted rendezvous hashing: the least of exponential lifetimes with rates `weight`).
 */
export function stickyVariant<V extends Weighted>(endpoint: string, variants: readonly V[], key: string): V | undefined {
  let best: V | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const variant of variants) {
    if (variant.weight <= 0) continue;
    const lifetime = -Math.log(unitHash(`${endpoint}\n${variant.name}\n${key}`)) / variant.weight;
    if (lifetime < shortest) {
      shortest = lifetime;
      best = variant;
    }
  }
  return best;
}
