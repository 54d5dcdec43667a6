import type { ReactNode } from "react";
import type { Stretch } from "./geometry.ts";

export interface GridColumn<R> {
  readonly id: string;
  /** Short, for the header cell. */
  readonly header: string;
  /** The whole name, on hover and for readers. @default header */
  readonly title?: string;
  readonly width: number;
  /** Stays at the left while the rest scrolls. Pinned columns come first. */
  readonly pinned: boolean;
  readonly numeric?: boolean;
  /** The cell that names its row. */
  readonly isName?: boolean;
  readonly canSort?: boolean;
  readonly canMove?: boolean;
  /** How rows are ordered by it: its place among the columns ordered by, from 1. */
  readonly sort?: { readonly place: number; readonly descending: boolean };
  readonly cell: (row: R) => ReactNode;
}

/** What the header of a column was asked to do. */
export interface HeaderDeeds {
  /** @param adds keeps the columns ordered by already */
  readonly sort: (id: string, adds: boolean) => void;
  readonly resize: (id: string, width: number) => void;
  /** To the place that another column has now. */
  readonly move: (id: string, onto: string) => void;
  readonly menu: (id: string, at: HTMLElement) => void;
}

export interface View {
  readonly rows: Stretch;
  /** Of the columns that are not pinned. */
  readonly columns: Stretch;
}

export interface GridProps<R> {
  readonly label: string;
  readonly columns: readonly GridColumn<R>[];
  readonly total: number;
  /** Undefined until it is read. */
  readonly rowAt: (index: number) => R | undefined;
  readonly rowKey: (row: R) => string;
  readonly rowHeight: number;
  readonly canSelect: (row: R) => boolean;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onView: (view: View) => void;
  readonly deeds: HeaderDeeds;
  /** Enter on a row's cell. */
  readonly onEnter: (row: R) => void;
  /** The row that has the focus, for shortcuts of the page. */
  readonly onActive?: (index: number) => void;
  readonly nameOf: (row: R) => string;
  readonly empty: ReactNode;
  readonly busy: boolean;
}

export const leastWidth = 60;
export const headerHeight = 40;
export const selectWidth = 44;
