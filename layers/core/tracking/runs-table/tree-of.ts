import type { RunOrder } from "../run-query.ts";
import { extentOf } from "./aggregate.ts";
import { flatRows, groupedRows, nestedRows, type TreeRow } from "./row-tree.ts";
import type { Sheet } from "./sheet.ts";
import { valueColumn } from "./value-column.ts";

export interface Arrangement {
  /** Params or tags whose equal values make one row. */
  readonly groupBy: readonly string[];
  /** Runs stand beneath their parents. */
  readonly nested: boolean;
  /** Rows whose children are shown; `*`: all. */
  readonly open: readonly string[];
}

/** MLflow's client names a run's parent in this tag. */
const parentTag = { entity: "tag", key: "mlflow.parentRunId" } as const;

/** Groups are ordered by the means of metrics; what else is asked for orders the runs within them. */
async function groups(sheet: Sheet, { groupBy }: Arrangement, open: ReadonlySet<string>): Promise<readonly TreeRow[]> {
  const metrics: readonly RunOrder[] = sheet.query.order.filter(({ cell }) => cell.entity === "metric");
  const [values, means] = await Promise.all([sheet.read(groupBy.map(valueColumn)), sheet.read(metrics.map(({ cell }) => cell))]);
  const order = metrics.map(({ ascending }, at) => ({
    ascending,
    read: (runs: readonly number[]) => extentOf(runs.map((run) => means[run]?.[at])).mean ?? undefined,
  }));
  return groupedRows(sheet.ids, { values, open, order });
}

/** All rows of a table: in one list, beneath their parents, or in groups. */
export async function treeOf(sheet: Sheet, arrangement: Arrangement): Promise<readonly TreeRow[]> {
  const open = new Set(arrangement.open);
  if (arrangement.groupBy.length > 0) return groups(sheet, arrangement, open);
  if (!arrangement.nested) return flatRows(sheet.ids);
  const parents = await sheet.read([parentTag]);
  return nestedRows(
    sheet.ids,
    parents.map(([parent]) => parent),
    open,
  );
}
