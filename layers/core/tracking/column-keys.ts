import { openRuns, type RunSearchContext } from "./open-runs.ts";
import type { ColumnKeys } from "./record-index.ts";

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort();

/** The keys of all metrics, params and tags that runs of experiments have: of packed runs from the heads of their blocks, without a cell being read. */
export async function columnKeys(ctx: RunSearchContext, experimentIds: readonly string[]): Promise<ColumnKeys> {
  const opened = await openRuns(ctx, experimentIds);
  const keys = await Promise.all(opened.flatMap(({ view }) => [...view.packed, view.live]).map((segment) => segment.keys()));
  return { metric: union(keys.map(({ metric }) => metric)), param: union(keys.map(({ param }) => param)), tag: union(keys.map(({ tag }) => tag)) };
}
