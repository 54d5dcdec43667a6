import { type CapturedHour, type CaptureSource, type CaptureStore, hourMs, startOfHour } from "./captures.ts";
import type { MonitorStore } from "./monitors.ts";

/** Logs arrive late: an hour is compacted once it ended this long ago. */
const settleMs = 30 * 60_000;

export interface CompactionContext {
  readonly monitors: Pick<MonitorStore, "list">;
  readonly captures: CaptureStore;
  /** @returns whether there was anything to do */
  readonly compact: (source: CaptureSource, hour: CapturedHour) => Promise<boolean>;
  readonly now: () => number;
}

/** Compacts every hour that has ended, of every monitored endpoint, as far back as asked. @returns how many hours were compacted */
export async function compactEnded(ctx: CompactionContext, hours: number): Promise<number> {
  const end = startOfHour(ctx.now() - settleMs);
  const endpoints = new Set((await ctx.monitors.list()).map(({ definition }) => definition.endpoint));
  let compacted = 0;
  for (const endpoint of endpoints)
    for (const variant of await ctx.captures.variants(endpoint))
      for (const hour of await ctx.captures.list({ endpoint, variant }, end - hours * hourMs, end))
        if (await ctx.compact({ endpoint, variant }, hour)) compacted += 1;
  return compacted;
}
