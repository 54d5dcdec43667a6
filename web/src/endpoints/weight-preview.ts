/** A share of the traffic, 0 to 1, for each variant by its name. */
export type Shares = Readonly<Record<string, number>>;

/** The shares as the platform keeps them: divided by their sum. All 0 stays so, which the platform refuses. */
export function normalised(shares: Shares): Shares {
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  return total === 0 ? shares : Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, share / total]));
}

/** One variant gets another share; the others keep their proportions and fill the rest. Where none of them has any, they share it evenly. */
export function withShare(shares: Shares, changed: string, wanted: number): Shares {
  const share = Math.min(1, Math.max(0, wanted));
  const others = Object.entries(shares).filter(([name]) => name !== changed);
  if (others.length === 0) return { [changed]: 1 };
  const rest = others.reduce((sum, [, other]) => sum + other, 0);
  const scaled = (other: number) => (rest === 0 ? (1 - share) / others.length : (other / rest) * (1 - share));
  return Object.fromEntries(Object.entries(shares).map(([name, other]) => [name, name === changed ? share : scaled(other)]));
}

/**
 * The share of sticky clients who get another variant when the shares change. The platform gives a key the variant with the least of exponential
 * lifetimes with rates `weight` (weighted rendezvous hashing): a key of variant i stays where i's lifetime is the least under both weights, which
 * has the chance 1 / sum over j of max(w_j / w_i, w'_j / w'_i).
 */
export function movedShare(before: Shares, after: Shares): number {
  const [was, is] = [normalised(before), normalised(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const staying = names.map((name) => {
    const [old, next] = [was[name] ?? 0, is[name] ?? 0];
    if (old === 0 || next === 0) return 0;
    return 1 / names.reduce((sum, other) => sum + Math.max((was[other] ?? 0) / old, (is[other] ?? 0) / next), 0);
  });
  return Math.max(0, 1 - staying.reduce((sum, share) => sum + share, 0));
}

/** `a, b and c`. */
const listed = (parts: readonly string[]) => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);

/** What the change does, in two sentences that can be read out. */
export function previewOf(before: Shares, after: Shares, isSticky: boolean): string {
  const shares = Object.entries(normalised(after));
  const requests = `Of 1,000 requests about ${listed(shares.map(([name, share]) => `${Math.round(share * 1000)} go to ${name}`))}.`;
  if (!isSticky) return `${requests} No client is tied to a variant: each request is drawn anew.`;
  const moved = Math.round(movedShare(before, after) * 1000);
  return `${requests} Clients are sticky: of 1,000 about ${moved} change variant, the others keep theirs.`;
}
