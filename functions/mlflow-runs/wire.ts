import type * as z from "zod";
import { spellDouble } from "#contracts/mlflow/double.ts";
import type { datasetInput, inputsContract } from "#contracts/mlflow/inputs.ts";
import type { metric, metricsContract } from "#contracts/mlflow/metrics.ts";
import type { run, runInfo, runsContract } from "#contracts/mlflow/runs.ts";
import { keyValues, listed } from "#contracts/mlflow/tags.ts";
import type { ExperimentSummary } from "#contracts/platform/experiment-summaries.ts";
import type { MetricSeries, MetricSummary } from "#contracts/platform/metric-series.ts";
import type { RecentRun } from "#contracts/platform/recent-runs.ts";
import { invalid } from "#core/errors.ts";
import type { Page } from "#core/search/page.ts";
import type { ExperimentSummary as Summarized } from "#core/tracking/experiment-summaries.ts";
import type { PointOfRun } from "#core/tracking/history.ts";
import { type DatasetInput, type Links, linksOf } from "#core/tracking/links.ts";
import type { MetricInput } from "#core/tracking/log-batch.ts";
import type { Series, Summary } from "#core/tracking/metric-series.ts";
import type { Point } from "#core/tracking/points.ts";
import type { RecentRun as RecentlySeen } from "#core/tracking/recent-runs.ts";
import type { Run } from "#core/tracking/run.ts";
import type { Search } from "#core/tracking/search-experiments.ts";

type SearchRequest = z.output<(typeof runsContract.routes.searchRuns)["request"]>;
type SearchResponse = z.input<(typeof runsContract.routes.searchRuns)["response"]>;

/** The run that a request means: old clients name it `run_uuid`. @throws DomainError when it names none */
export function runIdOf({ run_id, run_uuid }: { readonly run_id?: string | undefined; readonly run_uuid?: string | undefined }): string {
  const runId = run_id || run_uuid;
  if (runId) return runId;
  throw invalid("Missing value for required parameter 'run_id'. See the API docs for more information about request parameters.");
}

export const toMetricInput = (given: z.output<(typeof metricsContract.routes.logBatch)["request"]>["metrics"][number]): MetricInput => ({
  key: given.key,
  value: given.value,
  timestamp: given.timestamp,
  step: given.step,
  modelId: given.model_id,
  datasetName: given.dataset_name,
  datasetDigest: given.dataset_digest,
});

export const toMetric = ({ key, value, timestamp, step }: Point): z.input<typeof metric> => ({ key, value: spellDouble(value), timestamp, step });
const toValue = ({ value, step, timestamp }: Point) => ({ value: spellDouble(value), step, timestamp });

export const toSeries = ({ points, places, smoothed, ...series }: Series): MetricSeries => ({
  ...series,
  places: places && [...places],
  steps: points.map(({ step }) => step),
  timestamps: points.map(({ timestamp }) => timestamp),
  values: points.map(({ value }) => spellDouble(value)),
  smoothed: smoothed?.map(spellDouble) ?? null,
});
export const toSummary = ({ metricKey, points, last, min, max, atStep }: Summary): MetricSummary => ({
  metricKey,
  points,
  last: toValue(last),
  min: min && toValue(min),
  max: max && toValue(max),
  atStep: atStep && toValue(atStep),
});

export const toExperimentSummary = ({ latest, metric, ...counts }: Summarized): ExperimentSummary => ({
  ...counts,
  latest: latest && { runId: latest.runId, name: latest.name, status: latest.status, startTime: latest.startTime, endTime: latest.endTime ?? null },
  metric: metric && { ...metric, values: metric.values.map(({ runId, value }) => ({ runId, value: spellDouble(value) })) },
});

export const toRecentRun = ({ experiment: { experimentId, name }, ...seen }: RecentlySeen): RecentRun => ({ ...seen, experimentId, experimentName: name });

export const toMetricOfRun = (point: PointOfRun) => ({ ...toMetric(point), run_id: point.runId });

export const toDatasetInput = ({ tags, dataset }: z.output<typeof datasetInput>): DatasetInput => {
  const { name, digest, source_type, source, schema, profile } = dataset;
  return { dataset: { name, digest, sourceType: source_type, source, ...(schema && { schema }), ...(profile && { profile }) }, tags: tags ?? [] };
};
const fromDatasetInput = ({ tags, dataset }: DatasetInput): z.input<typeof datasetInput> => {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return { tags: listed(tags), dataset: { name, digest, source_type: sourceType, source, schema, profile } };
};
export const toModelOutput = ({ model_id, step }: z.output<(typeof inputsContract.routes.logOutputs)["request"]>["models"][number]) => ({
  modelId: model_id,
  step: step ?? 0,
});

export const toRunInfo = (found: Run): z.input<typeof runInfo> => ({
  run_id: found.runId,
  run_uuid: found.runId,
  run_name: found.name,
  experiment_id: found.experimentId,
  user_id: found.userId,
  status: found.status,
  start_time: found.startTime,
  end_time: found.endTime,
  artifact_uri: found.artifactUri,
  lifecycle_stage: found.stage,
});

const outputs = ({ outputModels }: Links) =>
  outputModels.length > 0 && { outputs: { model_outputs: outputModels.map(({ modelId, step }) => ({ model_id: modelId, step })) } };

export function toRun(found: Run): z.input<typeof run> {
  const { metrics, params, tags } = found.state;
  const links = linksOf(found.state);
  return {
    info: toRunInfo(found),
    data: { metrics: listed([...metrics.values()].map(toMetric).sort((a, b) => (a.key < b.key ? -1 : 1))), params: keyValues(params), tags: keyValues(tags) },
    inputs: {
      dataset_inputs: listed(links.datasets.map(fromDatasetInput)),
      model_inputs: listed(links.inputModels.map((model_id) => ({ model_id }))),
    },
    ...outputs(links),
  };
}

export const toSearch = (request: SearchRequest): Search => ({
  filter: request.filter,
  orderBy: request.order_by,
  viewType: request.run_view_type,
  maxResults: request.max_results,
  pageToken: request.page_token,
});

export const toPage = ({ items, nextPageToken }: Page<Run>): SearchResponse => ({ runs: listed(items.map(toRun)), next_page_token: nextPageToken });
