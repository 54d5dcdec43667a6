import { type DragEvent, type KeyboardEvent, type PointerEvent, useState } from "react";
import { type GridColumn, type HeaderDeeds, leastWidth } from "./grid-types.ts";

interface HeaderCellProps {
  readonly column: Omit<GridColumn<never>, "cell">;
  /** Its place in the grid, for the focus. */
  readonly at: number;
  readonly left?: number;
  readonly isActive: boolean;
  readonly deeds: HeaderDeeds;
  /** The column at that many places from this one. */
  readonly neighbour: (from: string, by: number) => string | undefined;
}

const dragged = "text/x-capstan-column";
const step = 20;

/** How wide the pointer makes a column while it is held. */
function follow({ id, width }: { readonly id: string; readonly width: number }, deeds: HeaderDeeds, event: PointerEvent<HTMLElement>): void {
  event.preventDefault();
  event.stopPropagation();
  const handle = event.currentTarget;
  const start = event.clientX;
  handle.setPointerCapture(event.pointerId);
  const move = (to: globalThis.PointerEvent) => deeds.resize(id, Math.max(leastWidth, Math.round(width + to.clientX - start)));
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true });
}

/** A column's name; sorts by a click, moves by dragging, and has a menu. Keys: Enter, Shift+arrows for the width, Ctrl+arrows for the place. */
export function HeaderCell({ column, at, left, isActive, deeds, neighbour }: HeaderCellProps) {
  const { id, header, title = header, width, pinned, numeric, sort, canSort = false, canMove = false } = column;
  const [isOver, setIsOver] = useState(false);
  const order = sort && (sort.descending ? "descending" : "ascending");
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    const onto = by !== 0 && (event.ctrlKey || event.metaKey) && canMove ? neighbour(id, by) : undefined;
    if (event.key === "Enter" && canSort) deeds.sort(id, event.shiftKey);
    else if (event.key === "ContextMenu" || (event.key === "ArrowDown" && event.altKey) || (event.key === "F10" && event.shiftKey))
      deeds.menu(id, event.currentTarget);
    else if (by !== 0 && event.shiftKey) deeds.resize(id, Math.max(leastWidth, width + by * step));
    else if (onto !== undefined) deeds.move(id, onto);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drop = (event: DragEvent) => {
    setIsOver(false);
    const from = event.dataTransfer.getData(dragged);
    if (from === "" || from === id) return;
    event.preventDefault();
    deeds.move(from, id);
  };
  return (
    <div
      role="columnheader"
      aria-colindex={at + 1}
      aria-sort={order ?? "none"}
      data-at={`-1,${at}`}
      data-column={id}
      tabIndex={isActive ? 0 : -1}
      className={`grid-cell grid-heading${pinned ? " grid-pinned" : ""}${numeric ? " grid-numeric" : ""}${isOver ? " grid-over" : ""}`}
      style={{ width, ...(left !== undefined && { left }) }}
      title={title}
      draggable={canMove}
      onKeyDown={press}
      onDragStart={(event) => event.dataTransfer.setData(dragged, id)}
      onDragOver={(event) => {
        if (!canMove || !event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      onContextMenu={(event) => {
        event.preventDefault();
        deeds.menu(id, event.currentTarget);
      }}
    >
      <button type="button" tabIndex={-1} className="grid-sort" disabled={!canSort} onClick={(event) => deeds.sort(id, event.shiftKey)}>
        <span className="grid-label">{header}</span>
        {sort && (
          <span aria-hidden="true" className="grid-order">
            {sort.descending ? "▼" : "▲"}
            {sort.place}
          </span>
        )}
      </button>
      <button type="button" tabIndex={-1} className="grid-menu-button" aria-label={`Column ${title}`} onClick={(event) => deeds.menu(id, event.currentTarget)}>
        ⋮
      </button>
      <span
        aria-hidden="true"
        className="grid-resize"
        data-resize={id}
        onPointerDown={(event) => follow(column, deeds, event)}
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
}
