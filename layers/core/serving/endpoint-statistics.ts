import { getEndpoint } from "./endpoints.ts";
import type { WatchingContext } from "./serving-context.ts";
import { summarize, type VariantSummary } from "./statistics.ts";

export interface EndpointStatistics {
  readonly variants: VariantSummary[];
  /** Minutes with traffic; `minute` is the start in milliseconds since the epoch. */
  readonly series: { readonly minute: number; readonly variants: VariantSummary[] }[];
}

/** Traffic of the last minutes, the one under way included. @throws DomainError when there is no such endpoint */
export async function endpointStatistics(ctx: WatchingContext, name: string, minutes: number): Promise<EndpointStatistics> {
  await getEndpoint(ctx, name);
  const last = Math.floor(ctx.now() / 60_000);
  const parts = await ctx.statistics.read(name, last - minutes + 1, last);
  const names = [...new Set(parts.flatMap(({ variants }) => [...variants.keys()]))].toSorted();
  // The span ends now, not with the minute: a rate over time that has not passed would be too low.
  const seconds = Math.max(1, ctx.now() / 1_000 - (last - minutes + 1) * 60);
  return {
    variants: names.map((variant) => summarize(parts, variant, seconds)),
    series: parts.map((part) => ({ minute: part.minute * 60_000, variants: [...part.variants.keys()].map((variant) => summarize([part], variant, 60)) })),
  };
}
