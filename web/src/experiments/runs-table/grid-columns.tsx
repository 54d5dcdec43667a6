import type { GridColumn } from "../../grid/grid-types.ts";
import { bestOf, canSort } from "./column-menu.ts";
import { isAttribute, isMetric, nameColumn, titleOf } from "./column-names.ts";
import { AttributeCell, NameCell } from "./run-cells.tsx";
import type { TableCells, TableRow } from "./table-cells.ts";
import type { TableState } from "./table-state.ts";
import { ValueCell } from "./value-cell.tsx";

const widths: Readonly<Record<string, number>> = {
  [nameColumn]: 240,
  "attributes.status": 130,
  "attributes.start_time": 215,
  "attributes.run_id": 290,
};

const besidesRange = 90;
const forGroup = 110;
/** What groups show more than runs do: ranges beside means, several values in a name. */
const groupRoom = (column: string, groups: number): number =>
  groups === 0 ? 0 : isMetric(column) ? besidesRange : column === nameColumn ? (groups - 1) * forGroup : 0;

/** Of names, so that one is mostly read whole. */
const usualWidth = (column: string): number => widths[column] ?? (isAttribute(column) ? 120 : Math.min(260, Math.max(120, titleOf(column).length * 8 + 56)));
export const widthOf = (column: string, { widths: chosen, group }: Pick<TableState, "widths" | "group">): number =>
  chosen[column] ?? usualWidth(column) + groupRoom(column, group.length);

interface Made {
  readonly state: TableState;
  readonly shown: readonly string[];
  readonly facts: TableCells["facts"];
  readonly toggle: (id: string) => void;
  /** Room for little more than a name. */
  readonly isNarrow: boolean;
}

/** The table's columns as the grid draws them. */
export function gridColumns({ state, shown, facts, toggle, isNarrow }: Made): readonly GridColumn<TableRow>[] {
  const { order, group, open } = state;
  const opened = new Set(open);
  const pinned = new Set([nameColumn, ...(isNarrow ? [] : state.pinned)]);
  return shown.map((column) => {
    const place = order.findIndex((one) => one.column === column);
    const sort = order[place];
    return {
      id: column,
      header: titleOf(column),
      title: isAttribute(column) ? titleOf(column) : column,
      width: isNarrow && column === nameColumn ? 160 : widthOf(column, state),
      pinned: pinned.has(column),
      numeric: isMetric(column),
      isName: column === nameColumn,
      canSort: canSort(column),
      canMove: column !== nameColumn,
      ...(sort && { sort: { place: place + 1, descending: sort.descending } }),
      cell: (row) =>
        column === nameColumn ? (
          <NameCell row={row} group={group} isOpen={opened.has("*") || opened.has(row.id)} toggle={toggle} />
        ) : isAttribute(column) ? (
          <AttributeCell row={row} column={column} />
        ) : (
          <ValueCell column={column} value={row.values[column]} facts={facts[column]} best={bestOf(column, state)} />
        ),
    };
  });
}
