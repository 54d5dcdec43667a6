import { mostValues } from "#contracts/platform/experiment-summaries.ts";
import type { Experiment } from "./experiment.ts";
import { possibleIds, type RunSearchContext } from "./open-runs.ts";
import type { Run } from "./run.ts";
import { runQuery } from "./run-query.ts";
import { cellsOf, type SelectedRun, selectRuns, wholeRuns } from "./select-runs.ts";

/** MLflow 3.17.2's tags for the metric that an experiment is judged by (`mlflow/utils/mlflow_tags.py`). */
const primaryTag = "mlflow.experiment.primaryMetric.name";
const directionTag = "mlflow.experiment.primaryMetric.greaterIsBetter";
/** What a machine measured of itself says nothing of a model. */
const isOfMachine = (key: string) => key.startsWith("system/");

export interface SummarizedMetric {
  readonly metricKey: string;
  /** Null where no tag says so. */
  readonly greaterIsBetter: boolean | null;
  /** The oldest run first. */
  readonly values: readonly { readonly runId: string; readonly value: number }[];
}
export interface ExperimentSummary {
  readonly experimentId: string;
  readonly runs: number;
  readonly running: number;
  readonly latest: Run | null;
  readonly metric: SummarizedMetric | null;
}

/** The metric that most of the runs have; by name where several do. */
function commonMetric(runs: readonly Run[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { state } of runs) for (const key of state.metrics.keys()) if (!isOfMachine(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [first] = [...counts].toSorted(([left, many], [right, more]) => more - many || (left < right ? -1 : 1));
  return first?.[0];
}

async function metricOf({ tags }: Experiment, newestFirst: readonly SelectedRun[]): Promise<SummarizedMetric | null> {
  const metricKey = tags.get(primaryTag) ?? commonMetric(await wholeRuns(newestFirst.slice(0, mostValues)));
  if (metricKey === undefined) return null;
  const direction = tags.get(directionTag)?.toLowerCase();
  const cells = await cellsOf(newestFirst, [
    { entity: "attribute", key: "run_id" },
    { entity: "metric", key: metricKey },
  ]);
  const having = cells.flatMap(([runId, value]) => (value === undefined ? [] : [{ runId: String(runId), value: Number(value) }]));
  const values = having.slice(0, mostValues).toReversed();
  return { metricKey, greaterIsBetter: direction === "true" ? true : direction === "false" ? false : null, values };
}

async function summaryOf(ctx: RunSearchContext, experimentId: string): Promise<readonly ExperimentSummary[]> {
  const selection = await selectRuns(ctx, [experimentId], runQuery({ viewType: "ACTIVE_ONLY" }));
  const [experiment] = selection.experiments;
  if (!experiment) return [];
  const newestFirst = await selection.take(Number.MAX_SAFE_INTEGER);
  const [statuses, [latest = null], metric] = await Promise.all([
    cellsOf(newestFirst, [{ entity: "attribute", key: "status" }]),
    wholeRuns(newestFirst.slice(0, 1)),
    metricOf(experiment, newestFirst),
  ]);
  return [{ experimentId, runs: newestFirst.length, running: statuses.filter(([status]) => status === "RUNNING").length, latest, metric }];
}

/** How experiments stand, in the order asked, by one read of the runs of each. Unknown ones are left out. */
export const summarizeExperiments = async (ctx: RunSearchContext, experimentIds: readonly string[]): Promise<readonly ExperimentSummary[]> =>
  (await Promise.all(possibleIds(experimentIds).map((id) => summaryOf(ctx, id)))).flat();
