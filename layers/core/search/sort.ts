import type { Cell } from "./match.ts";

/** How a sort key ranks apart from its values: NaN after every value, missing after NaN. */
const rank = (cell: Cell) => (cell === undefined ? 2 : typeof cell === "number" && Number.isNaN(cell) ? 1 : 0);

/** Orders two cells of one column; missing ones are last and NaN before them in both directions. */
export function compareCells(a: Cell, b: Cell, ascending: boolean): number {
  const byRank = rank(a) - rank(b);
  if (byRank !== 0) return byRank;
  if (a === undefined || b === undefined || a === b) return 0;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return ascending ? order : -order;
}

/** A row's cells in the order of the columns sorted by. */
export type SortRow = readonly Cell[];

/** Orders rows by their columns, first difference wins. */
export function compareRows(ascending: readonly boolean[]): (a: SortRow, b: SortRow) => number {
  return (a, b) => {
    for (const [column, direction] of ascending.entries()) {
      const order = compareCells(a[column], b[column], direction);
      if (order !== 0) return order;
    }
    return 0;
  };
}
