import { mostValues } from "#contracts/platform/experiment-summaries.ts";
import type { Experiment } from "./experiment.ts";
import { type Run, runOf } from "./run.ts";
import type { TrackingContext } from "./tracking.ts";

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

function metricOf({ tags }: Experiment, newestFirst: readonly Run[]): SummarizedMetric | null {
  const metricKey = tags.get(primaryTag) ?? commonMetric(newestFirst.slice(0, mostValues));
  if (metricKey === undefined) return null;
  const direction = tags.get(directionTag)?.toLowerCase();
  const having = newestFirst.flatMap(({ runId, state }) => {
    const point = state.metrics.get(metricKey);
    return point ? [{ runId, value: point.value }] : [];
  });
  const values = having.slice(0, mostValues).toReversed();
  return { metricKey, greaterIsBetter: direction === "true" ? true : direction === "false" ? false : null, values };
}

const newestFirst = (left: Run, right: Run) => Number(right.startTime) - Number(left.startTime) || (left.runId < right.runId ? -1 : 1);

async function summaryOf(ctx: TrackingContext, experiment: Experiment): Promise<ExperimentSummary> {
  const { experimentId, shards } = experiment;
  const all = [...(await ctx.runs.list(experimentId, shards))].map(([runId, state]) => runOf(experiment, runId, state));
  const runs = all.filter(({ stage }) => stage === "active").toSorted(newestFirst);
  return {
    experimentId,
    runs: runs.length,
    running: runs.filter(({ status }) => status === "RUNNING").length,
    latest: runs[0] ?? null,
    metric: metricOf(experiment, runs),
  };
}

/** How experiments stand, in the order asked, by one read of the runs of each. Unknown ones are left out. */
export async function summarizeExperiments(ctx: TrackingContext, experimentIds: readonly string[]): Promise<readonly ExperimentSummary[]> {
  const wanted = [...new Set(experimentIds)].filter((id) => /^\d{1,10}$/.test(id));
  const known = (await Promise.all(wanted.map((id) => ctx.experiments.find(id)))).filter((experiment) => experiment !== undefined);
  return await Promise.all(known.map((experiment) => summaryOf(ctx, experiment)));
}
