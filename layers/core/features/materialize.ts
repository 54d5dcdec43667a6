import { invalid } from "../errors.ts";
import { applyDefinition } from "./apply-definition.ts";
import { allOf, type FeatureContext, type FeatureView } from "./definitions.ts";
import type { OfflineHistory } from "./offline-store.ts";
import { noFeatureView } from "./refusals.ts";
import { parseTimestamp } from "./timestamps.ts";

/** An object's time of writing is when its upload began: files of this many milliseconds before the newest seen are read again. */
const overlapMillis = 3_600_000;

/** What copying needs beyond the other operations: to read the history. */
export interface MaterializeContext extends FeatureContext {
  readonly history: OfflineHistory;
}

async function viewsOf(ctx: FeatureContext, names: readonly string[] | null | undefined): Promise<FeatureView[]> {
  if (names == null) return allOf(ctx.definitions, "view");
  return Promise.all(
    names.map(async (name) => {
      const stored = await ctx.definitions.find("view", name);
      if (!stored) throw noFeatureView(name);
      return stored.definition;
    }),
  );
}

function time(text: string, field: string): number {
  const micros = parseTimestamp(text);
  if (micros === undefined) throw invalid(`${field} must be ISO 8601, got ${text}`);
  return micros;
}

/** Copies the newest row per key within a range of event time, both ends included, to the online store. Conditional there, hence safe to repeat. */
export async function materialize(
  ctx: MaterializeContext,
  request: { readonly views?: readonly string[] | null | undefined; readonly start?: string | null | undefined; readonly end?: string | null | undefined },
) {
  const to = request.end == null ? ctx.now() * 1000 : time(request.end, "end_ts");
  const from = request.start == null ? undefined : time(request.start, "start_ts");
  if (from !== undefined && from > to) throw invalid(`start_ts must not be after end_ts, got ${request.start} and ${request.end}`);
  for (const view of await viewsOf(ctx, request.views)) await ctx.history.newest(view, { from, to }, async (rows) => void (await ctx.online.write(view, rows)));
}

/**
 * Copies what files written since the last time hold, up to an event time. It goes by when a file was written, not by the events in it, so
 * that rows which arrive late are copied too. How far it came is kept only where no row was later than `end`, else those rows would be lost.
 */
export async function materializeIncremental(
  ctx: MaterializeContext,
  request: { readonly views?: readonly string[] | null | undefined; readonly end: string },
) {
  const to = time(request.end, "end_ts");
  for (const view of await viewsOf(ctx, request.views)) {
    const from = view.ttlSeconds === 0 ? undefined : ctx.now() * 1000 - view.ttlSeconds * 1e6;
    const filesSince = view.materializedTo === undefined ? undefined : view.materializedTo - overlapMillis;
    const { newestFileAt, later } = await ctx.history.newest(view, { from, to, filesSince }, async (rows) => void (await ctx.online.write(view, rows)));
    if (newestFileAt === undefined || later > 0 || newestFileAt === view.materializedTo) continue;
    await applyDefinition(ctx, "view", view.name, async (before) => {
      if (!before) throw noFeatureView(view.name);
      return before.generation === view.generation ? { ...before, materializedTo: newestFileAt } : before;
    });
  }
}
