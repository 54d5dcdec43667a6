import type { ReactNode } from "react";
import type { ListColumn } from "./arrange.ts";

export interface Column<T> extends ListColumn<T> {
  readonly cell: (item: T) => ReactNode;
}
