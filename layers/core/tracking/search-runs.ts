import { maxPageBytes, type Page, pageToken, rowOfToken } from "../search/page.ts";
import { possibleIds, type RunSearchContext } from "./open-runs.ts";
import type { Run } from "./run.ts";
import { runQuery } from "./run-query.ts";
import { checkMaxResults, type Search } from "./search-experiments.ts";
import { type SelectedRun, selectRuns, wholeRuns } from "./select-runs.ts";

const textBytes = (entries: ReadonlyMap<string, string>) => [...entries].reduce((sum, [key, value]) => sum + key.length + value.length + 24, 0);
const bytesOf = ({ state, artifactUri, name }: Run) =>
  500 +
  artifactUri.length +
  name.length +
  textBytes(state.params) +
  textBytes(state.tags) +
  textBytes(state.links) +
  [...state.metrics.keys()].reduce((sum, key) => sum + key.length + 90, 0);

/** Runs are made whole so many at a time, until the page is full: a page of wide runs ends long before `max_results`. */
const batch = 128;

/** As many of the selected runs, at least one, as a reply may hold. */
async function fitting(selected: readonly SelectedRun[]): Promise<readonly Run[]> {
  const page: Run[] = [];
  let bytes = 0;
  for (let start = 0; start < selected.length; start += batch) {
    for (const run of await wholeRuns(selected.slice(start, start + batch))) {
      bytes += bytesOf(run);
      if (bytes > maxPageBytes && page.length > 0) return page;
      page.push(run);
    }
  }
  return page;
}

/** Runs of experiments that meet a filter, newest first unless asked otherwise. Unknown experiments have no runs. */
export async function searchRuns(ctx: RunSearchContext, experimentIds: readonly string[], search: Search): Promise<Page<Run>> {
  checkMaxResults(search.maxResults);
  const query = runQuery(search);
  const identity = [possibleIds(experimentIds), ...query.identity];
  const after = search.pageToken ? rowOfToken(identity, query.order.length, search.pageToken) : undefined;
  const selection = await selectRuns(ctx, experimentIds, query);
  const selected = await selection.take(search.maxResults + 1, after);
  const items = await fitting(selected.slice(0, search.maxResults));
  const last = selected[items.length - 1];
  return { items, ...(last && selected.length > items.length && { nextPageToken: pageToken(identity, await selection.sortRow(last)) }) };
}
