import * as z from "zod";
import { int64 } from "../int64.ts";
import { defineContract } from "../route.ts";

/** The most runs of one reply. */
export const mostRecentRuns = 200;

export const RecentRun = z
  .object({
    runId: z.string(),
    name: z.string(),
    status: z.string(),
    startTime: int64,
    endTime: int64.nullable(),
    userId: z.string(),
    experimentId: z.string(),
    experimentName: z.string(),
    execution: z.string().nullable().describe("The pipeline execution that the run logs; null for runs of people."),
  })
  .meta({ id: "RecentRun", description: "A run as lists over all experiments show it. Times are milliseconds since 1970." });
export type RecentRun = z.output<typeof RecentRun>;

const page = {
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(mostRecentRuns).default(50),
};
const runs = z.array(RecentRun).describe("From `from`; fewer than asked for at the end.");

/** Runs of every experiment by what became of them. Deleted runs, and runs of deleted experiments, are in none of these. */
export const recentRunsContract = defineContract({
  name: "recent-runs",
  surface: "platform",
  summary: "Runs of all experiments: those under way, those that failed, those with a name.",
  routes: {
    listRunningRuns: {
      method: "GET",
      path: "/capstan/v1/runs/running",
      summary: "Runs with the status RUNNING, the one that began last first.",
      request: z.object(page),
      response: z.object({ total: z.int(), runs }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    listFailedRuns: {
      method: "GET",
      path: "/capstan/v1/runs/failed",
      summary: "Runs that ended as FAILED, the last first.",
      request: z.object({
        since: z.coerce.number().int().min(0).default(0).describe("Only those that ended later, in milliseconds since 1970."),
        ...page,
      }),
      response: z.object({ total: z.int(), runs }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    findRuns: {
      method: "GET",
      path: "/capstan/v1/runs/found",
      summary: "Runs whose name holds a text, in any case, or whose id it is; of the experiments whose runs began last, the newest run first.",
      request: z.object({ text: z.string().min(1).max(250), limit: page.limit }),
      response: z.object({
        runs,
        experiments: z.int().describe("Experiments that were searched."),
        isWhole: z.boolean().describe("Whether these are all experiments that have runs."),
      }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
  },
});
