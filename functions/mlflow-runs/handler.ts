import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { listed } from "#contracts/mlflow/tags.ts";
import { experimentSummariesContract } from "#contracts/platform/experiment-summaries.ts";
import { metricSeriesContract } from "#contracts/platform/metric-series.ts";
import { recentRunsContract } from "#contracts/platform/recent-runs.ts";
import { runsTableContract } from "#contracts/platform/runs-table.ts";
import { summarizeExperiments } from "#core/tracking/experiment-summaries.ts";
import { metricHistories, metricHistory, sampleMetric } from "#core/tracking/history.ts";
import { logInputs, logOutputs, searchDatasets } from "#core/tracking/links.ts";
import { deleteTag, logBatch, logMetric, logParam, setTags } from "#core/tracking/log-batch.ts";
import { readMetricSeries, summarizeMetrics } from "#core/tracking/metric-series.ts";
import type { RunsContext } from "#core/tracking/open-runs.ts";
import { findRuns, listFailedRuns, listRunningRuns } from "#core/tracking/recent-runs.ts";
import { createRun, getRun, setRunStage, updateRun } from "#core/tracking/runs.ts";
import { listRunColumns } from "#core/tracking/runs-table/list-run-columns.ts";
import { readRunsTable } from "#core/tracking/runs-table/read-runs-table.ts";
import { searchRuns } from "#core/tracking/search-runs.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import { eventBridge } from "#gateways/clients.ts";
import { compactionRequests } from "#gateways/eventbridge/compaction-requests.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { logger } from "#runtime/logger.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { runSearchContext } from "#stores/dynamodb/tracking/run-search-context.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { toColumnsQuery, toTable, toTableQuery } from "./runs-table-wire.ts";
import {
  runIdOf,
  toDatasetInput,
  toExperimentSummary,
  toMetric,
  toMetricInput,
  toMetricOfRun,
  toModelOutput,
  toPage,
  toRecentRun,
  toRun,
  toRunInfo,
  toSearch,
  toSeries,
  toSummary,
} from "./wire.ts";

const runs = (ctx: RunsContext) =>
  serve(runsContract, {
    createRun: async ({ experiment_id, user_id, run_name, start_time, tags }) => {
      const given = new Map(tags.map(({ key, value }) => [key, value]));
      return { run: toRun(await createRun(ctx, { experimentId: experiment_id, userId: user_id, name: run_name, startTime: start_time, tags: given })) };
    },
    updateRun: async (request) => {
      const { status, end_time, run_name } = request;
      return { run_info: toRunInfo(await updateRun(ctx, runIdOf(request), { status, endTime: end_time, name: run_name })) };
    },
    deleteRun: async ({ run_id }) => {
      await setRunStage(ctx, run_id, "deleted");
      return {};
    },
    restoreRun: async ({ run_id }) => {
      await setRunStage(ctx, run_id, "active");
      return {};
    },
    getRun: async (request) => ({ run: toRun(await getRun(ctx, runIdOf(request))) }),
    searchRuns: async (request) => toPage(await searchRuns(ctx, request.experiment_ids, toSearch(request))),
  });

const metrics = (ctx: TrackingContext) =>
  serve(metricsContract, {
    logMetric: async (request) => {
      await logMetric(ctx, runIdOf(request), toMetricInput(request));
      return {};
    },
    logParam: async (request) => {
      await logParam(ctx, runIdOf(request), request.key, request.value);
      return {};
    },
    setTag: async (request) => {
      await setTags(ctx, runIdOf(request), new Map([[request.key, request.value]]));
      return {};
    },
    deleteTag: async ({ run_id, key }) => {
      await deleteTag(ctx, run_id, key);
      return {};
    },
    logBatch: async ({ run_id, metrics: points, params, tags }) => {
      await logBatch(ctx, run_id, { metrics: points.map(toMetricInput), params, tags });
      return {};
    },
    getMetricHistory: async (request) => {
      const page = { maxResults: request.max_results, pageToken: request.page_token };
      const { points, nextPageToken } = await metricHistory(ctx, runIdOf(request), request.metric_key, page);
      return { metrics: listed(points.map(toMetric)), next_page_token: nextPageToken };
    },
    getMetricHistoryBulk: async ({ run_id, metric_key, max_results }) => ({
      metrics: listed((await metricHistories(ctx, run_id, metric_key, max_results)).map(toMetricOfRun)),
    }),
    getMetricHistoryBulkInterval: async ({ run_ids, metric_key, start_step, end_step, max_results }) => ({
      metrics: listed((await sampleMetric(ctx, run_ids, metric_key, { startStep: start_step, endStep: end_step, maxResults: max_results })).map(toMetricOfRun)),
    }),
  });

const inputs = (ctx: TrackingContext) =>
  serve(inputsContract, {
    logInputs: async ({ run_id, datasets, models }) => {
      const modelIds = models.map(({ model_id }) => model_id);
      await logInputs(ctx, run_id, datasets.map(toDatasetInput), modelIds);
      return {};
    },
    logOutputs: async ({ run_id, models }) => {
      await logOutputs(ctx, run_id, models.map(toModelOutput));
      return {};
    },
    searchDatasets: async ({ experiment_ids }) => ({
      dataset_summaries: listed(
        (await searchDatasets(ctx, experiment_ids)).map(({ experimentId, name, digest, context }) => ({ experiment_id: experimentId, name, digest, context })),
      ),
    }),
  });

const series = (ctx: TrackingContext) =>
  serve(metricSeriesContract, {
    readMetricSeries: async (query) => ({ series: (await readMetricSeries(ctx, query)).map(toSeries) }),
    summarizeMetrics: async ({ runId, step }) => ({ metrics: (await summarizeMetrics(ctx, runId, step)).map(toSummary) }),
  });

const summaries = (ctx: RunsContext) =>
  serve(experimentSummariesContract, {
    summarizeExperiments: async ({ experimentIds }) => ({ summaries: (await summarizeExperiments(ctx, experimentIds)).map(toExperimentSummary) }),
  });

const table = (ctx: RunsContext) =>
  serve(runsTableContract, {
    readRunsTable: async (query) => toTable(await readRunsTable(ctx, toTableQuery(query))),
    listRunColumns: async (query) => {
      const { columns, usual, ...rest } = await listRunColumns(ctx, toColumnsQuery(query));
      return { ...rest, columns: [...columns], usual: [...usual] };
    },
  });

const recentRuns = (ctx: RunsContext) =>
  serve(recentRunsContract, {
    listRunningRuns: async (page) => {
      const { total, runs: found } = await listRunningRuns(ctx, page);
      return { total, runs: found.map(toRecentRun) };
    },
    listFailedRuns: async ({ since, ...page }) => {
      const { total, runs: found } = await listFailedRuns(ctx, since, page);
      return { total, runs: found.map(toRecentRun) };
    },
    findRuns: async ({ text, limit }) => {
      const { runs: found, ...searched } = await findRuns(ctx, text, limit);
      return { ...searched, runs: found.map(toRecentRun) };
    },
  });

/** MLflow's /runs and /metrics operations, metrics as charts need them, runs as a table, and runs of all experiments. */
export const createHandler = (ctx: RunsContext): HttpHandler =>
  serveRoutes(runs(ctx), metrics(ctx), inputs(ctx), series(ctx), summaries(ctx), table(ctx), recentRuns(ctx));

export function create(env: FunctionEnv): HttpHandler {
  const places = { table: env.table("tracking"), objects: s3Objects(s3()), bucket: env.bucket("artifacts") };
  const wantCompaction = compactionRequests(eventBridge(), env.eventBus(), (error) => logger.warn("a compaction could not be asked for", { error }));
  return createHandler(runSearchContext(dynamoDb(), { ...places, wantCompaction }));
}
