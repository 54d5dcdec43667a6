import { getDefinition } from "./apply-definition.ts";
import { allOf, type FeatureContext, type FeatureView } from "./definitions.ts";
import { type FeatureRow, newestPerKey, readRows } from "./feature-rows.ts";
import { noFeatureView, noPushSource } from "./refusals.ts";

export type Rows = readonly Readonly<Record<string, unknown>>[];
export interface Written {
  readonly written: number;
  readonly stale: number;
}

async function writeOnline(ctx: FeatureContext, view: FeatureView, rows: readonly FeatureRow[]): Promise<Written> {
  const newest = newestPerKey(rows);
  const written = await ctx.online.write(view, newest);
  return { written, stale: newest.length - written };
}

/**
 * Writes rows to the history and then to the online store. The history comes first, so that the online store never serves a row that
 * training cannot see. A process that dies between the two has answered nobody: the caller repeats, the file is there already (its name
 * comes from its content), the online writes happen. Where the caller gives up, the next materialization brings the rows online. Both
 * stores order the rows of a key alike (event time, created time, tie), so that they agree whatever the order of arrival.
 */
export async function pushRows(ctx: FeatureContext, name: string, rows: Rows): Promise<Written & { readonly rows: number; readonly uri: string }> {
  const view = await getDefinition(ctx, "view", name);
  const read = readRows(view, rows, ctx.now());
  const uri = await ctx.offline.append(view, read);
  return { rows: read.length, uri, ...(await writeOnline(ctx, view, read)) };
}

/** Writes rows to the online store alone. */
export async function writeRowsOnline(ctx: FeatureContext, name: string, rows: Rows): Promise<Written> {
  const stored = await ctx.definitions.find("view", name);
  if (!stored) throw noFeatureView(name);
  return writeOnline(ctx, stored.definition, readRows(stored.definition, rows, ctx.now()));
}

/** Which of the two stores a push is for. */
export type PushTarget = "online" | "offline" | "online_and_offline";

/** Writes rows to every view that the push source feeds; all are checked before the first is written. In the order of {@link pushRows}. */
export async function pushToSource(ctx: FeatureContext, source: string, rows: Rows, target: PushTarget): Promise<void> {
  const views = (await allOf(ctx.definitions, "view")).filter((view) => (view.pushSource ?? view.name) === source);
  if (views.length === 0) throw noPushSource(source);
  const batches = views.map((view) => ({ view, read: readRows(view, rows, ctx.now()) }));
  if (target !== "online") for (const { view, read } of batches) await ctx.offline.append(view, read);
  if (target !== "offline") for (const { view, read } of batches) await writeOnline(ctx, view, read);
}
