import type * as z from "zod";
import type { ViewType } from "#contracts/mlflow/proto-enum.ts";
import type { RunsTableRow, runsTableContract } from "#contracts/platform/runs-table.ts";
import type { Condition } from "#core/search/search-target.ts";
import type { ColumnsQuery } from "#core/tracking/runs-table/list-run-columns.ts";
import type { RunsTable, TableQuery } from "#core/tracking/runs-table/read-runs-table.ts";

type Routes = typeof runsTableContract.routes;
const viewTypes: Readonly<Record<"active" | "deleted" | "all", ViewType>> = { active: "ACTIVE_ONLY", deleted: "DELETED_ONLY", all: "ALL" };

export const toTableQuery = ({ view, nested, ...asked }: z.output<Routes["readRunsTable"]["request"]>): TableQuery => ({
  ...asked,
  viewType: viewTypes[view],
  nested: nested === "true",
});

export const toColumnsQuery = ({ view, differing, ...asked }: z.output<Routes["listRunColumns"]["request"]>): ColumnsQuery => ({
  ...asked,
  viewType: viewTypes[view],
  differing: differing === "true",
});

const toRow = ({ id, depth, children, run, group, cells }: RunsTable["rows"][number]): z.input<typeof RunsTableRow> => ({
  id,
  depth,
  children,
  run: run ? { name: run.name, status: run.status, startTime: run.startTime, endTime: run.endTime ?? null, userId: run.userId, stage: run.stage } : null,
  group: group ? [...group] : null,
  cells: [...cells],
});

const entities: Readonly<Record<string, string>> = { metric: "metrics", param: "params", tag: "tags", attribute: "attributes", dataset: "datasets" };

const toCondition = ({ entity, key, operator, value }: Condition) => ({
  column: `${entities[entity] ?? entity}.${key}`,
  operator,
  ...(value.kind === "number" && { number: value.number }),
  ...(value.kind === "string" && { texts: [value.text] }),
  ...(value.kind === "list" && { texts: [...value.texts] }),
});

export const toTable = ({ total, runs, rows, columns, conditions }: RunsTable): z.input<Routes["readRunsTable"]["response"]> => ({
  total,
  runs,
  rows: rows.map(toRow),
  columns: [...columns],
  conditions: conditions.map(toCondition),
});
