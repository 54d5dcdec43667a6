import type { ReactNode } from "react";

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: T) => ReactNode;
  /** What rows are ordered and filtered by; without it the column is only shown. */
  readonly sortBy?: (item: T) => string | number | undefined;
  /** What the filter looks at where it is more than `sortBy`. */
  readonly searchBy?: (item: T) => string;
  /** The cell that names its row. */
  readonly isName?: boolean;
  readonly width?: number | string;
}

export const pageSize = 50;

const compare = (left: string | number | undefined, right: string | number | undefined) => {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
  return typeof left === "number" && typeof right === "number" ? left - right : String(left).localeCompare(String(right), "en", { numeric: true });
};

/** One page of the items that hold the text, in the order of a column (`-` before its id: descending). */
export function arrange<T>(items: readonly T[], columns: readonly Column<T>[], { text, sort, page }: { text: string; sort: string; page: number }) {
  const wanted = text.toLowerCase();
  const matching =
    wanted === ""
      ? items
      : items.filter((item) =>
          columns.some(({ sortBy, searchBy = sortBy }) =>
            String(searchBy?.(item) ?? "")
              .toLowerCase()
              .includes(wanted),
          ),
        );
  const by = columns.find(({ id }) => id === sort.replace(/^-/, ""))?.sortBy;
  const sign = sort.startsWith("-") ? -1 : 1;
  const ordered = by ? matching.toSorted((left, right) => sign * compare(by(left), by(right))) : matching;
  const first = (Math.max(1, page) - 1) * pageSize;
  return { matches: matching.length, items: ordered.slice(first, first + pageSize) };
}
