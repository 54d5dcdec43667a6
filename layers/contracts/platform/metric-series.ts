import * as z from "zod";
import { int64 } from "../int64.ts";
import { doubleReply } from "../mlflow/double.ts";
import { defineContract } from "../route.ts";

/** What a chart of a metric runs over. */
export const axes = ["step", "time", "relative"] as const;
export type Axis = (typeof axes)[number];

/** The most buckets of one series, and of all series of a reply: 6 MB hold about that many points. */
export const mostBuckets = 2000;
export const mostBucketsInAll = 40_000;

const list = z.array(z.string()).default([]);
const number = z.coerce.number();

export const MetricSeries = z
  .object({
    runId: z.string(),
    metricKey: z.string(),
    total: z.int().describe("Points of the whole history."),
    inRange: z.int().describe("Points within the range that was asked for; all of them where none was."),
    origin: int64.nullable().describe("The time of the first point, which relative times count from; null without a point."),
    steps: z.array(int64),
    timestamps: z.array(int64),
    values: z.array(doubleReply),
    places: z.array(z.number()).nullable().describe("Where the points lie along `xMetric`; null on an axis."),
    smoothed: z.array(doubleReply).nullable().describe("The values smoothed over every point of the history; null where that was not asked for."),
  })
  .meta({
    id: "MetricSeries",
    description:
      "A metric of a run, ascending along the axis: every point where they are few, else the lowest, the highest and the first not-a-number of each bucket, and of all the first and the last.",
  });
export type MetricSeries = z.output<typeof MetricSeries>;

const point = z.object({ value: doubleReply, step: int64, timestamp: int64 });

export const MetricSummary = z
  .object({
    metricKey: z.string(),
    points: z.int(),
    last: point.describe("By step, time and value."),
    min: point.nullable().describe("Null where every value is not a number."),
    max: point.nullable(),
    atStep: point.nullable().describe("The last point of the step that was asked for."),
  })
  .meta({ id: "MetricSummary", description: "What one metric of a run came to." });
export type MetricSummary = z.output<typeof MetricSummary>;

/** Metrics as charts and tables of the console need them. */
export const metricSeriesContract = defineContract({
  name: "metric-series",
  surface: "platform",
  summary: "Metrics of runs for charts: sampled without losing an extreme, exact where one looks closely.",
  routes: {
    readMetricSeries: {
      method: "GET",
      path: "/capstan/v1/metrics/series",
      summary: "Some metrics of some runs along an axis, whole or between two places of it. A run or metric that is unknown has no point.",
      request: z.object({
        runIds: list,
        metricKeys: list,
        axis: z.enum(axes).default("step"),
        xMetric: z
          .string()
          .optional()
          .describe("Runs over this metric, not over the axis: a point lies at the metric's last value of the same step, and has no place where that is none."),
        from: number
          .optional()
          .describe("Inclusive: a step, milliseconds, or a value of `xMetric`. The neighbour outside comes along, so that the line reaches the edge."),
        to: number.optional(),
        smoothing: number.min(0).max(0.99).default(0).describe("The weight of what was before, of a debiased exponential moving average."),
        buckets: number.int().min(1).max(mostBuckets).default(1000),
      }),
      response: z.object({ series: z.array(MetricSeries) }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    summarizeMetrics: {
      method: "GET",
      path: "/capstan/v1/metrics/summary",
      summary: "The last, lowest and highest value of every metric of a run, by key.",
      request: z.object({ runId: z.string(), step: number.optional() }),
      response: z.object({ metrics: z.array(MetricSummary) }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
