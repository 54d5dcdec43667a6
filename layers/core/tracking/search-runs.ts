import { invalid } from "../errors.ts";
import { type Cell, cellTest } from "../search/match.ts";
import { type Column, type Page, pageOf } from "../search/page.ts";
import { parseFilter } from "../search/parse-filter.ts";
import { parseOrderBy } from "../search/parse-order-by.ts";
import { type Condition, resolveFilter, resolveOrderBy, type SortKey } from "../search/search-target.ts";
import type { Experiment } from "./experiment.ts";
import { contextOf, type DatasetInput, linksOf } from "./links.ts";
import { type Run, runOf } from "./run.ts";
import { checkMaxResults, isInView, type Search } from "./search-experiments.ts";
import { runTarget } from "./search-targets.ts";
import type { TrackingContext } from "./tracking.ts";

function attributeOf(run: Run, key: string): Cell {
  switch (key) {
    case "run_id":
      return run.runId;
    case "run_name":
      return run.name;
    case "status":
      return run.status;
    case "user_id":
      return run.userId;
    case "artifact_uri":
      return run.artifactUri;
    case "start_time":
      return run.startTime;
    default:
      return run.endTime;
  }
}

function cellOf(run: Run, entity: string, key: string): Cell {
  switch (entity) {
    case "metric":
      return run.state.metrics.get(key)?.value;
    case "param":
      return run.state.params.get(key);
    case "tag":
      return run.state.tags.get(key);
    default:
      return attributeOf(run, key);
  }
}

const datasetCells: Readonly<Record<string, (input: DatasetInput) => Cell>> = {
  name: ({ dataset }) => dataset.name,
  digest: ({ dataset }) => dataset.digest,
  context: contextOf,
};

/** A run meets a condition on datasets when one of its datasets does. */
function testOf({ entity, key, operator, value }: Condition): (run: Run) => boolean {
  const test = cellTest(operator, value);
  if (entity !== "dataset") return (run) => test(cellOf(run, entity, key));
  const cell = Object.hasOwn(datasetCells, key) ? datasetCells[key] : undefined;
  if (!cell) throw invalid(`attribute of datasets must be one of ${Object.keys(datasetCells).join(", ")}, got ${key}`);
  return ({ state }) => linksOf(state).datasets.some((input) => test(cell(input)));
}

/** The asked order; then the newest first, unless start times were ordered already; then by id. */
function completed(asked: readonly SortKey[]): readonly SortKey[] {
  const rest = [
    { entity: "attribute", key: "start_time", ascending: false },
    { entity: "attribute", key: "run_id", ascending: true },
  ];
  return [...asked, ...rest.filter(({ key }) => !asked.some((one) => one.entity === "attribute" && one.key === key))];
}

/** The ids that a condition on run_id leaves; undefined when it leaves more than it names. */
function namedRuns(conditions: readonly Condition[]): readonly string[] | undefined {
  for (const { entity, key, operator, value } of conditions) {
    if (entity !== "attribute" || key !== "run_id") continue;
    if (operator === "=" && value.kind === "string") return [value.text];
    if (operator === "IN" && value.kind === "list") return [...new Set(value.texts)];
  }
  return undefined;
}

async function runsOf(ctx: TrackingContext, experiment: Experiment, named: readonly string[] | undefined): Promise<Run[]> {
  const { experimentId, shards } = experiment;
  if (named === undefined) return [...(await ctx.runs.list(experimentId, shards))].map(([runId, state]) => runOf(experiment, runId, state));
  const runs = named.map(async (runId) => {
    const state = runId.startsWith(Number(experimentId).toString(16).padStart(8, "0")) ? await ctx.runs.find(runId) : undefined;
    return state ? [runOf(experiment, runId, state)] : [];
  });
  return (await Promise.all(runs)).flat();
}

const textBytes = (entries: ReadonlyMap<string, string>) => [...entries].reduce((sum, [key, value]) => sum + key.length + value.length + 24, 0);
const bytesOf = ({ state, artifactUri, name }: Run) =>
  500 +
  artifactUri.length +
  name.length +
  textBytes(state.params) +
  textBytes(state.tags) +
  textBytes(state.links) +
  [...state.metrics.keys()].reduce((sum, key) => sum + key.length + 90, 0);

/** Runs that meet a filter, and the columns that they are to be ordered by. */
export interface FoundRuns {
  readonly runs: readonly Run[];
  readonly columns: readonly Column<Run>[];
  readonly conditions: readonly Condition[];
  /** Tells this search from others. */
  readonly query: readonly unknown[];
}

/** The filter and the order of a search, over all that they find. Unknown experiments have no runs. @throws DomainError that names what is allowed */
export async function findRuns(
  ctx: TrackingContext,
  experimentIds: readonly string[],
  { filter = "", orderBy = [], viewType }: Omit<Search, "maxResults" | "pageToken">,
): Promise<FoundRuns> {
  const conditions = resolveFilter(runTarget, parseFilter(filter));
  const tests = conditions.map(testOf);
  const order = completed(resolveOrderBy(runTarget, parseOrderBy(orderBy)));
  const wanted = [...new Set(experimentIds)].filter((id) => /^\d{1,10}$/.test(id));
  const experiments = (await Promise.all(wanted.map((id) => ctx.experiments.find(id)))).filter((experiment) => experiment !== undefined);
  const named = namedRuns(conditions);
  const runs = (await Promise.all(experiments.map((experiment) => runsOf(ctx, experiment, named)))).flat();
  return {
    runs: runs.filter((run) => isInView(run.stage, viewType) && tests.every((test) => test(run))),
    columns: order.map(({ entity, key, ascending }) => ({ ascending, read: (run: Run) => cellOf(run, entity, key) })),
    conditions,
    query: [wanted, filter, order, viewType],
  };
}

/** Runs of experiments that meet a filter, newest first unless asked otherwise. */
export async function searchRuns(ctx: TrackingContext, experimentIds: readonly string[], search: Search): Promise<Page<Run>> {
  checkMaxResults(search.maxResults);
  const { runs, columns, query } = await findRuns(ctx, experimentIds, search);
  return pageOf(runs, columns, query, { ...search, bytes: bytesOf });
}
