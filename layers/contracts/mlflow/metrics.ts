import * as z from "zod";
import { type Int64, int64 } from "../int64.ts";
import { defineContract } from "../route.ts";
import { double, doubleReply } from "./double.ts";
import { entityKey } from "./keys.ts";
import { param, paramValue, runTag, runTagValue } from "./tags.ts";

const none = z.object({});
const runs = "/api/2.0/mlflow/runs";
const metrics = "/api/2.0/mlflow/metrics";

/** MLflow accepts the legacy `run_uuid` wherever it accepts `run_id`; its client sends both. */
export const runReference = { run_id: z.string().optional(), run_uuid: z.string().optional() };

const timestamp = int64.refine((value: Int64) => value >= 0, { error: "must be a time in milliseconds, 0 or more" });
const point = {
  key: entityKey,
  value: double,
  timestamp,
  step: int64.nullish().transform((step): Int64 => step ?? 0),
  model_id: z.string().nullish(),
  dataset_name: z.string().max(500).nullish(),
  dataset_digest: z.string().max(36).nullish(),
};

/** A point of a metric in a reply. */
export const metric = z
  .object({ key: z.string(), value: doubleReply, timestamp: int64, step: int64 })
  .meta({ id: "Metric", description: "A point of a metric." });
const metricOfRun = z.object({ ...metric.shape, run_id: z.string() });

const limit = z.coerce.number().int().optional();

/** MLflow 3.17.2's operations that log metrics, params and tags, and read a metric's history. */
export const metricsContract = defineContract({
  name: "mlflow-metrics",
  surface: "mlflow",
  summary: "Metrics, params and tags of runs.",
  routes: {
    logMetric: {
      method: "POST",
      path: `${runs}/log-metric`,
      summary: "Add one point to a metric; the same point again changes nothing.",
      request: z.object({ ...runReference, ...point }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    logParam: {
      method: "POST",
      path: `${runs}/log-parameter`,
      summary: "Set a param once; the same value again changes nothing, another is refused.",
      request: z.object({ ...runReference, key: entityKey, value: z.string().transform(paramValue) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    setTag: {
      method: "POST",
      path: `${runs}/set-tag`,
      summary: "Set a tag of a run; the last value counts.",
      request: z.object({ ...runReference, key: entityKey, value: z.string().transform(runTagValue) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    deleteTag: {
      method: "POST",
      path: `${runs}/delete-tag`,
      summary: "Remove a tag of a run.",
      request: z.object({ run_id: z.string(), key: z.string() }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    logBatch: {
      method: "POST",
      path: `${runs}/log-batch`,
      summary: "Log up to 1,000 metrics, 100 params and 100 tags at once, 1,000 in all.",
      request: z.object({
        run_id: z.string(),
        metrics: z.array(z.object(point)).default([]),
        params: z.array(param).default([]),
        tags: z.array(runTag).default([]),
      }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getMetricHistory: {
      method: "GET",
      path: `${metrics}/get-history`,
      summary: "All points of one metric of a run by timestamp, step and value, page by page.",
      request: z.object({ ...runReference, metric_key: z.string(), page_token: z.string().optional(), max_results: limit }),
      response: z.object({ metrics: z.array(metric).optional(), next_page_token: z.string().optional() }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getMetricHistoryBulk: {
      method: "GET",
      path: `${metrics}/get-history-bulk`,
      summary: "Points of one metric of up to 100 runs by run, timestamp, step and value.",
      request: z.object({ run_id: z.array(z.string()).default([]), metric_key: z.string(), max_results: limit }),
      response: z.object({ metrics: z.array(metricOfRun).optional() }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getMetricHistoryBulkInterval: {
      method: "GET",
      path: `${metrics}/get-history-bulk-interval`,
      summary: "A sample of one metric of up to 100 runs by step, for a chart.",
      request: z.object({
        run_ids: z.array(z.string()).default([]),
        metric_key: z.string(),
        start_step: int64.optional(),
        end_step: int64.optional(),
        max_results: limit,
      }),
      response: z.object({ metrics: z.array(metricOfRun).optional() }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
  },
});
