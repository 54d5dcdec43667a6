import { type MouseEvent, memo } from "react";
import { type GridColumn, selectWidth } from "./grid-types.ts";

interface GridRowProps<R> {
  readonly row: R | undefined;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  readonly pinned: readonly GridColumn<R>[];
  readonly pinnedLeft: readonly number[];
  /** The others that are in view, the place of the first of them, and the room that those before it take. */
  readonly shown: readonly GridColumn<R>[];
  readonly first: number;
  readonly before: number;
  readonly name: string;
  readonly canSelect: boolean;
  readonly isSelected: boolean;
  /** The column of the cell that has the focus; -1 where none has. */
  readonly active: number;
  readonly select: (index: number, isRange: boolean) => void;
}

function Row<R>(props: GridRowProps<R>) {
  const { row, index, top, height, width, pinned, pinnedLeft, shown, first, before, name, canSelect, isSelected, active, select } = props;
  const cell = (column: GridColumn<R>, at: number, left?: number) => (
    <div
      key={column.id}
      role={column.isName ? "rowheader" : "gridcell"}
      aria-colindex={at + 1}
      data-at={`${index},${at}`}
      tabIndex={active === at ? 0 : -1}
      className={`grid-cell${left === undefined ? "" : " grid-pinned"}${column.numeric ? " grid-numeric" : ""}`}
      style={{ width: column.width, ...(left !== undefined && { left }) }}
    >
      {row === undefined ? <span className="grid-waiting" /> : column.cell(row)}
    </div>
  );
  const click = (event: MouseEvent<HTMLInputElement>) => select(index, event.shiftKey);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={`grid-row${isSelected ? " grid-selected" : ""}`}
      style={{ top, height, width }}
      data-row={index}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        data-at={`${index},0`}
        tabIndex={active === 0 ? 0 : -1}
        className="grid-cell grid-pinned grid-select"
        style={{ width: selectWidth, left: 0 }}
      >
        {canSelect && <input type="checkbox" tabIndex={-1} aria-label={`Choose ${name}`} checked={isSelected} onClick={click} onChange={() => undefined} />}
      </div>
      {pinned.map((column, place) => cell(column, place + 1, pinnedLeft[place] ?? 0))}
      <div role="presentation" className="grid-spacer" style={{ width: before }} />
      {shown.map((column, place) => cell(column, 1 + pinned.length + first + place))}
    </div>
  );
}

/** One row: its pinned cells, room for those that are not in view, and those that are. */
export const GridRow = memo(Row) as typeof Row;
