import * as z from "zod";
import { int64 } from "../int64.ts";
import { doubleReply } from "../mlflow/double.ts";
import { defineContract } from "../route.ts";

/** Columns that one read of the table may ask for, so that its address fits into what gateways take. */
export const mostColumnsRead = 100;
/** Rows of one read; it ends earlier where they would outgrow the 6 MB of a Lambda reply. */
export const mostRowsRead = 1000;
/** Names of one list of columns: with the longest names half of 6 MB. */
export const mostColumnsListed = 10_000;
/** Columns of one list that are counted: a longer one holds names only. */
export const mostColumnsCounted = 500;

const experimentId = z.string().regex(/^\d{1,10}$/, "must be the decimal number of an experiment");
const flag = z.enum(["true", "false"]).default("false");

/** `metrics.val/loss`, `params.depth`, `tags.team`: a logged value as filter strings name it, without quotes. */
const column = z.string().regex(/^(metrics|params|tags)\..{1,250}$/u, "must be metrics., params. or tags. and a key of at most 250 characters");

const whichRuns = {
  experimentId,
  filter: z.string().default("").describe("As MLflow's runs/search takes it."),
  view: z.enum(["active", "deleted", "all"]).default("active"),
};

export const RunsTableCell = z
  .union([
    doubleReply,
    z.string(),
    z.null(),
    z.object({
      mean: doubleReply.nullable().describe("Of the numbers; null where every value is not a number."),
      min: doubleReply.nullable(),
      max: doubleReply.nullable(),
      count: z.int().describe("Runs that have a value."),
    }),
    z.object({ different: z.int().describe("How many different texts there are.") }),
  ])
  .meta({
    id: "RunsTableCell",
    description: "A metric's latest value, or a text; null where nothing was logged. In a group: what the values of its runs come to.",
  });
export type RunsTableCell = z.output<typeof RunsTableCell>;

export const RunsTableRow = z
  .object({
    id: z.string().describe("The run's id, or the group's name for `open`."),
    depth: z.int().describe("Below how many open rows it stands."),
    children: z.int().describe("Rows that open beneath it."),
    run: z
      .object({
        name: z.string(),
        status: z.string(),
        startTime: int64,
        endTime: int64.nullable(),
        userId: z.string(),
        stage: z.enum(["active", "deleted"]),
      })
      .nullable(),
    group: z.array(z.string().nullable()).nullable().describe("The values of `groupBy` that its runs share; null where they have none."),
    cells: z.array(RunsTableCell).describe("In the order of `columns`."),
  })
  .meta({ id: "RunsTableRow", description: "A row of the runs table: a run, or a group of runs." });
export type RunsTableRow = z.output<typeof RunsTableRow>;

export const RunColumn = z
  .object({
    column: z.string(),
    runs: z.int().nullable().describe(`Runs that have a value; null in lists of more than ${mostColumnsCounted}.`),
    differs: z.boolean().nullable().describe("False where every run has the same value; null in such lists."),
  })
  .meta({ id: "RunColumn", description: "A logged value as a column of the runs table." });
export type RunColumn = z.output<typeof RunColumn>;

const condition = z.object({
  column: z.string().describe("`attributes.status`, `metrics.loss`."),
  operator: z.string(),
  number: z.number().optional(),
  texts: z.array(z.string()).optional().describe("One, or the list of IN."),
});

/** The runs of an experiment as a table that asks only for what it shows. */
export const runsTableContract = defineContract({
  name: "runs-table",
  surface: "platform",
  summary: "Runs of an experiment as a table: the rows and columns in view, nested or grouped, of any number.",
  routes: {
    readRunsTable: {
      method: "GET",
      path: "/capstan/v1/experiments/{experimentId}/runs-table",
      summary: "Some rows and columns of the runs that meet a filter, in an order; unchanged since the `ETag` of an earlier read, it answers 304.",
      request: z.object({
        ...whichRuns,
        orderBy: z.array(z.string()).max(8).default([]).describe("As MLflow's runs/search takes it. Groups are ordered by means."),
        columns: z.array(column).max(mostColumnsRead).default([]),
        groupBy: z.array(column).max(3).default([]).describe("Params or tags whose equal values make one row."),
        nested: flag.describe("Runs with the tag `mlflow.parentRunId` stand beneath that run, where it is shown."),
        open: z.array(z.string()).max(200).default([]).describe("Rows whose children are shown; `*` opens all."),
        from: z.coerce.number().int().min(0).default(0),
        rows: z.coerce.number().int().min(1).max(mostRowsRead).default(100),
      }),
      response: z.object({
        total: z.int().describe("Rows of the whole table."),
        runs: z.int().describe("Runs that meet the filter."),
        rows: z.array(RunsTableRow).describe("From `from`. Fewer than asked for at the end, or where the reply would be too large: go on after them."),
        columns: z
          .array(z.object({ column: z.string(), runs: z.int(), min: doubleReply.nullable(), max: doubleReply.nullable() }))
          .describe("Over all runs that meet the filter, as asked."),
        conditions: z.array(condition).describe("The filter as it was understood: all of these must be met."),
      }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
    listRunColumns: {
      method: "GET",
      path: "/capstan/v1/experiments/{experimentId}/run-columns",
      summary: "The logged values that runs have: metrics, params and tags by name.",
      request: z.object({
        ...whichRuns,
        search: z
          .string()
          .max(250)
          .default("")
          .describe("Any part of the name, in any case. With `*` it is a pattern of the whole name or of its key: `metrics.val/*`, `val/*`."),
        differing: flag.describe("Only columns in which runs differ; a missing value differs from every other."),
        from: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(mostColumnsListed).default(100),
      }),
      response: z.object({
        total: z.int().describe("Columns that were found."),
        counts: z.object({ metrics: z.int(), params: z.int(), tags: z.int() }).describe("Columns that there are at all."),
        columns: z.array(RunColumn).describe("Metrics, then params, then tags, each by name with numbers in their order."),
        usual: z
          .array(z.string())
          .describe("Columns to show until somebody chooses: metrics and params that most runs have, of the first forty of either. Empty in a search."),
      }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
