import type { Cell } from "../../search/match.ts";
import { compareRows } from "../../search/sort.ts";

/** A row before it is cut to a window and its cells are read: a run, by its row in the sheet, or a group of such. */
export interface TreeRow {
  readonly id: string;
  readonly depth: number;
  readonly children: number;
  readonly run?: number;
  readonly group?: { readonly values: readonly (string | null)[]; readonly runs: readonly number[] };
}

const isOpen = (open: ReadonlySet<string>, id: string) => open.has("*") || open.has(id);

/** The order given, as flat rows. */
export const flatRows = (ids: readonly string[]): readonly TreeRow[] => ids.map((id, run) => ({ id, depth: 0, children: 0, run }));

/** The parent of each run by its row; undefined where it is not among the runs, and where parents lead in a circle. */
function parentsOf(ids: readonly string[], parents: readonly Cell[]): readonly (number | undefined)[] {
  const known = new Map(ids.map((id, run) => [id, run]));
  const named = parents.map((parent) => (typeof parent === "string" ? known.get(parent) : undefined));
  const isCircular = (run: number): boolean => {
    const seen = new Set<number>();
    for (let above: number | undefined = run; above !== undefined; above = named[above]) {
      if (seen.has(above)) return true;
      seen.add(above);
    }
    return false;
  };
  return named.map((parent, run) => (parent === undefined || isCircular(run) ? undefined : parent));
}

/**
 * Runs beneath their parents, siblings in the order given. A run stands at the top where its parent is not among the runs, and where
 * parents lead in a circle: no run is ever lost.
 * @param parents the id that each run names as its parent
 */
export function nestedRows(ids: readonly string[], parents: readonly Cell[], open: ReadonlySet<string>): readonly TreeRow[] {
  const parentOf = parentsOf(ids, parents);
  const beneath = Map.groupBy(ids.keys(), (run) => parentOf[run] ?? -1);
  const rows: TreeRow[] = [];
  const waiting = (beneath.get(-1) ?? []).map((run) => ({ run, depth: 0 })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { run, depth } = next;
    const id = ids[run] ?? "";
    const children = beneath.get(run) ?? [];
    rows.push({ id, depth, children: children.length, run });
    if (isOpen(open, id)) waiting.push(...children.map((child) => ({ run: child, depth: depth + 1 })).reverse());
  }
  return rows;
}

/** Numbers in their order before texts, a missing value last. */
const sortable = (value: string | null): readonly Cell[] => {
  const number = value === null || value.trim() === "" ? Number.NaN : Number(value);
  return value === null ? [undefined, undefined] : Number.isNaN(number) ? [undefined, value] : [number, value];
};

export interface Grouping {
  /** By run: the values that runs of one group share. */
  readonly values: readonly (readonly Cell[])[];
  readonly open: ReadonlySet<string>;
  /** The cells that groups are ordered by before their own values. */
  readonly order: readonly { readonly ascending: boolean; readonly read: (runs: readonly number[]) => Cell }[];
}

/** One row for the runs that share some values; beneath an open one its runs, in the order given. */
export function groupedRows(ids: readonly string[], { values, open, order }: Grouping): readonly TreeRow[] {
  const shared = (run: number) => (values[run] ?? []).map((value) => (value === undefined ? null : String(value)));
  const groups = [...Map.groupBy(ids.keys(), (run) => JSON.stringify(shared(run)))].map(([id, runs]) => {
    const own = shared(runs[0] ?? 0);
    return { id, own, runs, row: [...order.map(({ read }) => read(runs)), ...own.flatMap(sortable)] };
  });
  const directions = groups[0]?.row.map((_, at) => order[at]?.ascending ?? true) ?? [];
  const compare = compareRows(directions);
  return groups
    .sort((a, b) => compare(a.row, b.row))
    .flatMap(({ id, own, runs }) => [
      { id, depth: 0, children: runs.length, group: { values: own, runs } },
      ...(isOpen(open, id) ? runs.map((run) => ({ id: ids[run] ?? "", depth: 1, children: 0, run })) : []),
    ]);
}
