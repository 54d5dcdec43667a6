import type { Int64 } from "#contracts/int64.ts";
import { doesNotExist, invalid } from "../errors.ts";
import type { Experiment } from "./experiment.ts";
import { labelledKey } from "./model-points.ts";
import { type Point, storedValue } from "./points.ts";
import { idParts } from "./record-id.ts";
import { checkWritten, experimentOfRun, nameOf, nameTag } from "./run.ts";
import { getRun } from "./runs.ts";
import type { TrackingContext } from "./tracking.ts";

/** A point to log; with `modelId` it is kept with that logged model as well. */
export interface MetricInput {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: Int64;
  readonly step: Int64;
  readonly modelId?: string | null | undefined;
  readonly datasetName?: string | null | undefined;
  readonly datasetDigest?: string | null | undefined;
}
export interface Entry {
  readonly key: string;
  readonly value: string;
}
export interface Batch {
  readonly metrics?: readonly MetricInput[];
  readonly params?: readonly Entry[];
  readonly tags?: readonly Entry[];
}

const limits = { metrics: 1000, params: 100, tags: 100 } as const;

function checkSize({ metrics = [], params = [], tags = [] }: Batch): void {
  const sizes = { metrics: metrics.length, params: params.length, tags: tags.length };
  for (const kind of ["metrics", "params", "tags"] as const) {
    if (sizes[kind] > limits[kind])
      throw invalid(
        `A batch logging request can contain at most ${limits[kind]} ${kind}. Got ${sizes[kind]} ${kind}. Please split up ${kind} across multiple requests and try again.`,
      );
  }
  const total = sizes.metrics + sizes.params + sizes.tags;
  if (total > 1000)
    throw invalid(
      `A batch logging request can contain at most 1000 metrics, params and tags in all. Got ${total}. Please split them up across multiple requests and try again.`,
    );
}

function checkParams(params: readonly Entry[]): void {
  const keys = params.map(({ key }) => key);
  const repeated = [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].sort((a, b) => (a < b ? -1 : 1));
  if (repeated.length > 0)
    throw invalid(`Duplicate parameter keys have been submitted: [${repeated.map((key) => `'${key}'`).join(", ")}]. Please send each key once.`);
}

function checkDataset({ key, datasetName, datasetDigest }: MetricInput): void {
  if (Boolean(datasetName) !== Boolean(datasetDigest))
    throw invalid(`dataset_name and dataset_digest of metric '${key}' must be given together, got ${datasetName ? "a name only" : "a digest only"}`);
}

const pointOf = ({ key, value, timestamp, step }: MetricInput): Point => ({ key, value: storedValue(value), timestamp, step });

/** Keeps points with the logged models that they name. */
async function logToModels(ctx: TrackingContext, experiment: Experiment, runId: string, metrics: readonly MetricInput[]): Promise<void> {
  for (const [modelId, given] of Map.groupBy(metrics, (metric) => metric.modelId ?? "")) {
    if (modelId === "") continue;
    const points = given.map((metric): Point => {
      const { datasetName, datasetDigest } = metric;
      const labels = { runId, ...(datasetName && { datasetName }), ...(datasetDigest && { datasetDigest }) };
      return { ...pointOf(metric), key: labelledKey(metric.key, labels) };
    });
    const owner = idParts(modelId.replace(/^m-/, ""))?.experimentId;
    const lifecycle = owner === experiment.experimentId ? experiment : await ctx.experiments.findRecent(owner ?? "");
    const result = lifecycle && (await ctx.models.change(modelId, { points }, lifecycle));
    if (result?.kind !== "written") throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
  }
}

/** Logs metrics, params and tags in one write; a param that has another value refuses all of it. Sending the same again changes nothing. */
export async function logBatch(ctx: TrackingContext, runId: string, batch: Batch): Promise<void> {
  const { metrics = [], params = [], tags = [] } = batch;
  checkSize(batch);
  checkParams(params);
  for (const metric of metrics) checkDataset(metric);
  const experiment = await experimentOfRun(ctx, runId);
  const change = {
    points: metrics.map(pointOf),
    ...(params.length > 0 && { params: new Map(params.map(({ key, value }) => [key, value])) }),
    ...(tags.length > 0 && { tags: new Map(tags.map(({ key, value }) => [key, value])) }),
  };
  checkWritten(runId, await ctx.runs.change(runId, change, experiment), true);
  await logToModels(ctx, experiment, runId, metrics);
}

export const logMetric = (ctx: TrackingContext, runId: string, metric: MetricInput): Promise<void> => logBatch(ctx, runId, { metrics: [metric] });

/** @throws DomainError when the param has another value already */
export async function logParam(ctx: TrackingContext, runId: string, key: string, value: string): Promise<void> {
  checkWritten(runId, await ctx.runs.change(runId, { params: new Map([[key, value]]) }, await experimentOfRun(ctx, runId)));
}

export async function setTags(ctx: TrackingContext, runId: string, tags: ReadonlyMap<string, string>): Promise<void> {
  checkWritten(runId, await ctx.runs.change(runId, { tags }, await experimentOfRun(ctx, runId)));
}

/** @throws DomainError RESOURCE_DOES_NOT_EXIST when there is no such tag */
export async function deleteTag(ctx: TrackingContext, runId: string, key: string): Promise<void> {
  const { state } = await getRun(ctx, runId);
  const experiment = await experimentOfRun(ctx, runId);
  const isThere = state.tags.has(key);
  const keptName = key === nameTag && isThere ? { info: new Map([["name", nameOf(state)]]) } : {};
  checkWritten(runId, await ctx.runs.change(runId, isThere ? { tags: new Map([[key, null]]), ...keptName } : {}, experiment));
  if (!isThere) throw doesNotExist(`No tag with name: ${key} in run with id ${runId}`);
}
