import type { Cell } from "../../search/match.ts";
import { compareRows } from "../../search/sort.ts";
import type { Run } from "../run.ts";
import { type ValueColumn, valueIn } from "./value-column.ts";

/** A row before it is cut to a window and its cells are read. */
export interface TableRow {
  readonly id: string;
  readonly depth: number;
  readonly children: number;
  readonly run?: Run;
  /** The shared values of a group, and its runs. */
  readonly group?: { readonly values: readonly (string | null)[]; readonly runs: readonly Run[] };
}

const parentTag = "mlflow.parentRunId";
const isOpen = (open: ReadonlySet<string>, id: string) => open.has("*") || open.has(id);

/** The order given, as flat rows. */
export const flatRows = (runs: readonly Run[]): readonly TableRow[] => runs.map((run) => ({ id: run.runId, depth: 0, children: 0, run }));

/**
 * Runs beneath their parents, siblings in the order given. A run stands at the top where its parent is not among the runs, and where
 * parents lead in a circle: no run is ever lost.
 */
export function nestedRows(runs: readonly Run[], open: ReadonlySet<string>): readonly TableRow[] {
  const known = new Map(runs.map((run) => [run.runId, run]));
  const parentOf = ({ runId, state }: Run): Run | undefined => {
    const parent = known.get(state.tags.get(parentTag) ?? "");
    return parent?.runId === runId ? undefined : parent;
  };
  const isCircular = (run: Run): boolean => {
    const seen = new Set([run.runId]);
    for (let above = parentOf(run); above !== undefined; above = parentOf(above)) {
      if (seen.has(above.runId)) return true;
      seen.add(above.runId);
    }
    return false;
  };
  const beneath = Map.groupBy(runs, (run) => {
    const parent = parentOf(run);
    return parent === undefined || isCircular(run) ? "" : parent.runId;
  });
  const rows: TableRow[] = [];
  const waiting = (beneath.get("") ?? []).map((run) => ({ run, depth: 0 })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { run, depth } = next;
    const children = beneath.get(run.runId) ?? [];
    rows.push({ id: run.runId, depth, children: children.length, run });
    if (isOpen(open, run.runId)) waiting.push(...children.map((child) => ({ run: child, depth: depth + 1 })).reverse());
  }
  return rows;
}

/** Numbers in their order before texts, a missing value last. */
const sortable = (value: string | null): readonly Cell[] => {
  const number = value === null || value.trim() === "" ? Number.NaN : Number(value);
  return value === null ? [undefined, undefined] : Number.isNaN(number) ? [undefined, value] : [number, value];
};

export interface Grouping {
  readonly by: readonly ValueColumn[];
  readonly open: ReadonlySet<string>;
  /** The cells that groups are ordered by before their own values. */
  readonly order: readonly { readonly ascending: boolean; readonly read: (runs: readonly Run[]) => Cell }[];
}

/** One row for the runs that share the values of some columns; beneath an open one its runs, in the order given. */
export function groupedRows(runs: readonly Run[], { by, open, order }: Grouping): readonly TableRow[] {
  const valuesOf = (run: Run) => by.map((column) => String(valueIn(run, column) ?? "\0"));
  const groups = [...Map.groupBy(runs, (run) => JSON.stringify(valuesOf(run)))].map(([id, of]) => {
    const values = (JSON.parse(id) as string[]).map((value) => (value === "\0" ? null : value));
    return { id: JSON.stringify(values), values, of, row: [...order.map(({ read }) => read(of)), ...values.flatMap(sortable)] };
  });
  const compare = compareRows([...order.map(({ ascending }) => ascending), ...by.flatMap(() => [true, true])]);
  return groups
    .sort((a, b) => compare(a.row, b.row))
    .flatMap(({ id, values, of }) => [
      { id, depth: 0, children: of.length, group: { values, runs: of } },
      ...(isOpen(open, id) ? of.map((run) => ({ id: run.runId, depth: 1, children: 0, run })) : []),
    ]);
}
