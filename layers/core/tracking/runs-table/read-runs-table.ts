import type { RunsTableCell } from "#contracts/platform/runs-table.ts";
import { invalid } from "../../errors.ts";
import type { Cell } from "../../search/match.ts";
import { maxPageBytes } from "../../search/page.ts";
import type { Condition } from "../../search/search-target.ts";
import type { RunsContext } from "../open-runs.ts";
import type { RunSearch } from "../run-query.ts";
import { columnFacts, groupCell, runCell } from "./aggregate.ts";
import type { TreeRow } from "./row-tree.ts";
import { type RunFacts, readFacts } from "./run-facts.ts";
import { openSheet } from "./sheet.ts";
import { type Arrangement, treeOf } from "./tree-of.ts";
import { valueColumn } from "./value-column.ts";

export interface TableQuery extends RunSearch, Arrangement {
  readonly experimentId: string;
  readonly columns: readonly string[];
  readonly from: number;
  readonly rows: number;
}

export interface TableRow extends Pick<TreeRow, "id" | "depth" | "children"> {
  readonly run: RunFacts | undefined;
  readonly group: readonly (string | null)[] | undefined;
  readonly cells: readonly RunsTableCell[];
}

export interface RunsTable {
  readonly total: number;
  readonly runs: number;
  readonly rows: readonly TableRow[];
  readonly columns: readonly ReturnType<typeof columnFacts>[];
  readonly conditions: readonly Condition[];
}

const bytesOf = ({ id, run, cells }: TableRow) =>
  cells.reduce((sum: number, cell) => sum + (typeof cell === "string" ? cell.length + 4 : 24), 300 + id.length + (run?.name.length ?? 0));

/** As many rows as fit into a reply, at least one. */
function fitting(rows: readonly TableRow[]): readonly TableRow[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += bytesOf(row);
    return bytes > maxPageBytes && index > 0;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

/** The rows and columns in view of an experiment's runs. @throws DomainError for an unknown experiment, and for a filter or order that is not understood */
export async function readRunsTable(ctx: RunsContext, query: TableQuery): Promise<RunsTable> {
  const twice = query.groupBy.find((name, index) => query.groupBy.indexOf(name) !== index || name.startsWith("metrics."));
  if (twice !== undefined) throw invalid(`groupBy must name params or tags, each once, got ${twice}`);
  const sheet = await openSheet(ctx, query.experimentId, query);
  const columns = query.columns.map(valueColumn);
  const [tree, cells] = await Promise.all([treeOf(sheet, query), sheet.read(columns)]);
  const inView = tree.slice(query.from, query.from + query.rows);
  const facts = await readFacts(
    sheet,
    inView.flatMap(({ run }) => run ?? []),
  );
  const column = (at: number, runs: readonly number[]): readonly Cell[] => runs.map((run) => cells[run]?.[at]);
  const rows = inView.map(({ id, depth, children, run, group }) => ({
    id,
    depth,
    children,
    run: run === undefined ? undefined : facts.get(run),
    group: group?.values,
    cells: columns.map(({ entity }, at) => (run === undefined ? groupCell(entity === "metric", column(at, group?.runs ?? [])) : runCell(cells[run]?.[at]))),
  }));
  return {
    total: tree.length,
    runs: sheet.ids.length,
    rows: fitting(rows),
    columns: query.columns.map((name, at) =>
      columnFacts(
        name,
        cells.map((row) => row[at]),
      ),
    ),
    conditions: sheet.query.filter,
  };
}
