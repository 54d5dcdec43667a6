import { conditionsOf, meets } from "./list-filter.ts";

/** What a cell is ordered, filtered and exported by. */
export type Plain = string | number | undefined;

/** A column of a list, but for what it draws. */
export interface ListColumn<T> {
  readonly id: string;
  readonly header: string;
  /** What rows are ordered, filtered and exported by; without it the column is only shown. */
  readonly sortBy?: (item: T) => Plain;
  /** What the filter looks at where it is more than `sortBy`. */
  readonly searchBy?: (item: T) => string;
  /** What a file gets where `sortBy` says it in other words, or where the column cannot be sorted. */
  readonly exportBy?: (item: T) => Plain;
  /** `sortBy` is a time, in milliseconds since 1970: files have it in ISO 8601, and the filter compares dates with it. */
  readonly isTime?: boolean;
  /** The cell that names its row. */
  readonly isName?: boolean;
  /** Not shown until somebody chooses it. */
  readonly isOptional?: boolean;
  readonly width?: number | string;
}

export const pageSize = 50;

const compare = (left: Plain, right: Plain) => {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
  return typeof left === "number" && typeof right === "number" ? left - right : String(left).localeCompare(String(right), "en", { numeric: true });
};

export interface SortKey {
  readonly id: string;
  readonly descending: boolean;
}
/** `-changed,name`: by `changed`, the greatest first, then by `name`. */
export const sortKeys = (text: string): readonly SortKey[] =>
  text.split(",").flatMap((key) => (key === "" ? [] : [{ id: key.replace(/^-/, ""), descending: key.startsWith("-") }]));

const mostKeys = 3;
/** Sorted by a column first; by what it was sorted by before where that says nothing. */
export const sortedBy = (before: string, { id, descending }: SortKey): string =>
  [{ id, descending }, ...sortKeys(before).filter((key) => key.id !== id)]
    .slice(0, mostKeys)
    .map((key) => `${key.descending ? "-" : ""}${key.id}`)
    .join(",");

/** The items that meet a filter, in an order. */
export function arrange<T>(
  items: readonly T[],
  columns: readonly ListColumn<T>[],
  { text, sort }: { readonly text: string; readonly sort: string },
): readonly T[] {
  const conditions = conditionsOf(text, columns);
  const matching = conditions.length === 0 ? items : items.filter((item) => conditions.every((condition) => meets(item, condition, columns)));
  const orders = sortKeys(sort).flatMap(({ id, descending }) => {
    const by = columns.find((column) => column.id === id)?.sortBy;
    return by ? [(left: T, right: T) => (descending ? -1 : 1) * compare(by(left), by(right))] : [];
  });
  if (orders.length === 0) return matching;
  return matching.toSorted((left, right) => {
    for (const order of orders) {
      const first = order(left, right);
      if (first !== 0) return first;
    }
    return 0;
  });
}

/** One page, counted from 1. */
export const pageOf = <T>(items: readonly T[], page: number): readonly T[] => items.slice((Math.max(1, page) - 1) * pageSize, Math.max(1, page) * pageSize);
