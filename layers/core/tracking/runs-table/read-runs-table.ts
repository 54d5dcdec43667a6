import type { ViewType } from "#contracts/mlflow/proto-enum.ts";
import type { RunsTableCell } from "#contracts/platform/runs-table.ts";
import { invalid } from "../../errors.ts";
import { maxPageBytes } from "../../search/page.ts";
import { parseOrderBy } from "../../search/parse-order-by.ts";
import { type Condition, resolveOrderBy } from "../../search/search-target.ts";
import { getExperiment } from "../experiments.ts";
import type { RunsContext } from "../open-runs.ts";
import { type FoundRuns, findRuns } from "../search-runs.ts";
import { runTarget } from "../search-targets.ts";
import { columnFacts, extentOf, groupCell, runCell } from "./aggregate.ts";
import { flatRows, groupedRows, nestedRows, type TableRow } from "./row-tree.ts";
import { type ValueColumn, valueColumn } from "./value-column.ts";

export interface TableQuery {
  readonly experimentId: string;
  readonly filter: string;
  readonly viewType: ViewType;
  readonly orderBy: readonly string[];
  readonly columns: readonly string[];
  readonly groupBy: readonly string[];
  readonly nested: boolean;
  readonly open: readonly string[];
  readonly from: number;
  readonly rows: number;
}

export interface RunsTable {
  readonly total: number;
  readonly runs: number;
  readonly rows: readonly (TableRow & { readonly cells: readonly RunsTableCell[] })[];
  readonly columns: readonly ReturnType<typeof columnFacts>[];
  readonly conditions: readonly Condition[];
}

/** Groups are ordered by the means of metrics; what else is asked for orders the runs within them. */
const groupOrder = (orderBy: readonly string[]) =>
  resolveOrderBy(runTarget, parseOrderBy(orderBy)).flatMap(({ entity, key, ascending }) => {
    const column: ValueColumn = { name: key, kind: "metrics", key };
    return entity === "metric" ? [{ ascending, read: (runs: FoundRuns["runs"]) => extentOf(runs, column).mean ?? undefined }] : [];
  });

function rowsOf({ runs: ordered }: FoundRuns, { groupBy, open, nested, orderBy }: TableQuery): readonly TableRow[] {
  const opened = new Set(open);
  if (groupBy.length > 0) return groupedRows(ordered, { by: groupBy.map(valueColumn), open: opened, order: groupOrder(orderBy) });
  return nested ? nestedRows(ordered, opened) : flatRows(ordered);
}

const cellBytes = (cell: RunsTableCell) => (typeof cell === "string" ? cell.length + 4 : 24);

/** As many rows as fit into a reply, at least one. */
function fitting(rows: readonly TableRow[], columns: readonly ValueColumn[]): RunsTable["rows"] {
  const read: RunsTable["rows"][number][] = [];
  let bytes = 0;
  for (const row of rows) {
    const { run, group } = row;
    const cells = columns.map((column) => (run ? runCell(run, column) : groupCell(group?.runs ?? [], column)));
    bytes += cells.reduce((sum: number, cell) => sum + cellBytes(cell), 300 + row.id.length + (run?.name.length ?? 0));
    if (bytes > maxPageBytes && read.length > 0) break;
    read.push({ ...row, cells });
  }
  return read;
}

/** The rows and columns in view of an experiment's runs. @throws DomainError for an unknown experiment, and for a filter or order that is not understood */
export async function readRunsTable(ctx: RunsContext, query: TableQuery): Promise<RunsTable> {
  const twice = query.groupBy.find((name, index) => query.groupBy.indexOf(name) !== index || name.startsWith("metrics."));
  if (twice !== undefined) throw invalid(`groupBy must name params or tags, each once, got ${twice}`);
  const [found] = await Promise.all([findRuns(ctx, [query.experimentId], query), getExperiment(ctx, query.experimentId)]);
  const columns = query.columns.map(valueColumn);
  const rows = rowsOf(found, query);
  return {
    total: rows.length,
    runs: found.runs.length,
    rows: fitting(rows.slice(query.from, query.from + query.rows), columns),
    columns: columns.map((column) => columnFacts(found.runs, column)),
    conditions: found.conditions,
  };
}
