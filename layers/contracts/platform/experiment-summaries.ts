import * as z from "zod";
import { int64 } from "../int64.ts";
import { doubleReply } from "../mlflow/double.ts";
import { defineContract } from "../route.ts";

/** The most experiments of one question: each costs a read of its runs. */
export const mostSummaries = 10;
/** The most values of a summary's metric. */
export const mostValues = 30;

export const ExperimentSummary = z
  .object({
    experimentId: z.string(),
    runs: z.int().describe("Active runs."),
    running: z.int().describe("Those of them that are under way."),
    latest: z
      .object({ runId: z.string(), name: z.string(), status: z.string(), startTime: int64, endTime: int64.nullable() })
      .nullable()
      .describe("The run that began last; null without a run."),
    metric: z
      .object({
        metricKey: z.string(),
        greaterIsBetter: z.boolean().nullable().describe("Null where no tag says so."),
        values: z
          .array(z.object({ runId: z.string(), value: doubleReply }))
          .describe(`Last values of the newest ${mostValues} runs that have it, the oldest first.`),
      })
      .nullable()
      .describe("MLflow's primary metric of the experiment (tag mlflow.experiment.primaryMetric.name), else the one that most of the newest runs have."),
  })
  .meta({ id: "ExperimentSummary", description: "How an experiment stands: its runs in numbers, the latest, and how a metric moved from run to run." });
export type ExperimentSummary = z.output<typeof ExperimentSummary>;

/** What the list of experiments shows beside their names. */
export const experimentSummariesContract = defineContract({
  name: "experiment-summaries",
  surface: "platform",
  summary: "How experiments stand, for a list of them.",
  routes: {
    summarizeExperiments: {
      method: "GET",
      path: "/capstan/v1/experiments/summaries",
      summary: `How up to ${mostSummaries} experiments stand, in the order asked. One that is unknown is left out.`,
      request: z.object({ experimentIds: z.array(z.string()).min(1).max(mostSummaries) }),
      response: z.object({ summaries: z.array(ExperimentSummary) }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
  },
});
