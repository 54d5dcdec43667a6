import { type KeyboardEvent, type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { offsetsOf } from "./geometry.ts";
import { show, useGridFocus } from "./grid-focus.ts";
import { GridHeader } from "./grid-header.tsx";
import { GridRow } from "./grid-row.tsx";
import { type GridColumn, type GridProps, headerHeight, selectWidth } from "./grid-types.ts";
import { moved, type Place } from "./moves.ts";
import { ranged, toggled } from "./selection.ts";
import { useView } from "./use-view.ts";
import "./grid.css";

/** What keys of the page do with a grid. */
export interface GridHandle {
  /** The row that has the focus, or had it last. */
  readonly row: () => number;
  readonly go: (by: number) => void;
  readonly toggle: () => void;
}

interface Arranged<R> {
  readonly pinned: readonly GridColumn<R>[];
  readonly free: readonly GridColumn<R>[];
  readonly pinnedLeft: readonly number[];
  readonly pinnedWidth: number;
  readonly offsets: readonly number[];
}

function arranged<R>(columns: readonly GridColumn<R>[]): Arranged<R> {
  const pinned = columns.filter((column) => column.pinned);
  const free = columns.filter((column) => !column.pinned);
  const lefts = offsetsOf(pinned.map(({ width }) => width)).map((left) => left + selectWidth);
  return { pinned, free, pinnedLeft: lefts, pinnedWidth: lefts.at(-1) ?? selectWidth, offsets: offsetsOf(free.map(({ width }) => width)) };
}

/**
 * A table of any number of rows and columns, of which only those in view are drawn (WAI-ARIA's grid pattern, one stop of Tab).
 * Rows are asked for by place; `onView` tells which are in view, so that they can be read.
 */
export function Grid<R>(props: GridProps<R> & { readonly handle?: Ref<GridHandle> }) {
  const { label, columns, total, rowAt, rowKey, rowHeight, canSelect, selected, onSelect, onView, deeds, onEnter, onActive, nameOf, empty, busy, handle } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const { pinned, free, pinnedLeft, pinnedWidth, offsets } = useMemo(() => arranged(columns), [columns]);
  const measures = useMemo(() => ({ total, rowHeight, pinnedWidth, offsets }), [total, rowHeight, pinnedWidth, offsets]);
  const view = useView(scroller, measures);
  useEffect(() => onView(view), [view, onView]);
  const [place, setPlace] = useState<Place>({ row: 0, column: 1 });
  const count = 1 + pinned.length + free.length;
  const active = { row: Math.min(place.row, total - 1), column: Math.min(place.column, count - 1) };
  const { wanted } = useGridFocus(scroller, active);
  const anchor = useRef(0);

  const go = useCallback(
    (to: Place) => {
      if (!scroller.current) return;
      show(scroller.current, to, { rowHeight, pinned: pinned.length, pinnedWidth, offsets });
      wanted.current = true;
      setPlace({ ...to });
      if (to.row >= 0) onActive?.(to.row);
    },
    [rowHeight, pinned.length, pinnedWidth, offsets, wanted, onActive],
  );
  const latest = useRef({ selected, rowAt });
  latest.current = { selected, rowAt };
  const select = useCallback(
    (index: number, isRange: boolean) => {
      const { rowAt: at, selected: known } = latest.current;
      const idAt = (one: number) => {
        const row = at(one);
        return row !== undefined && canSelect(row) ? rowKey(row) : undefined;
      };
      const id = idAt(index);
      if (isRange) onSelect(ranged(known, anchor.current, index, idAt));
      else if (id !== undefined) onSelect(toggled(known, id));
      anchor.current = index;
    },
    [canSelect, rowKey, onSelect],
  );
  useImperativeHandle(handle, () => ({
    row: () => active.row,
    go: (by) => go({ row: Math.max(0, Math.min(total - 1, active.row + by)), column: active.column }),
    toggle: () => select(Math.max(0, active.row), false),
  }));

  const read = Array.from({ length: view.rows.end - view.rows.first }, (_, at) => view.rows.first + at);
  const selectable = read.flatMap((index) => {
    const row = rowAt(index);
    return row !== undefined && canSelect(row) ? [rowKey(row)] : [];
  });
  const all = selectable.length > 0 && selectable.every((id) => selected.has(id));
  const chooseAll = () =>
    onSelect(
      all
        ? new Set()
        : new Set([
            ...selected,
            ...Array.from({ length: total }, (_, index) => rowAt(index)).flatMap((row) => (row !== undefined && canSelect(row) ? [rowKey(row)] : [])),
          ]),
    );

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1);
    const to = event.altKey || event.shiftKey ? undefined : moved(event.key, active, { rows: total, columns: count, page }, event.ctrlKey || event.metaKey);
    const row = rowAt(active.row);
    if (to) go(to);
    else if (event.key === " " && active.row >= 0) select(active.row, event.shiftKey);
    else if (event.key === " " && active.column === 0) chooseAll();
    else if (event.key === "Enter" && active.row >= 0 && row !== undefined) onEnter(row);
    else return;
    event.preventDefault();
  }
  const neighbour = useCallback(
    (from: string, by: number) => {
      const group = pinned.some(({ id }) => id === from) ? pinned : free;
      const next = group[group.findIndex(({ id }) => id === from) + by];
      return next?.canMove ? next.id : undefined;
    },
    [pinned, free],
  );

  const { first, end } = view.columns;
  const shown = useMemo(() => free.slice(first, end), [free, first, end]);
  const before = offsets[first] ?? 0;
  const width = pinnedWidth + (offsets.at(-1) ?? 0);
  return (
    // No table element: it cannot leave out the rows and columns that are not in view.
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={count}
      aria-multiselectable="true"
      aria-busy={busy}
      className="grid"
      tabIndex={-1}
      onKeyDown={press}
      onFocus={({ target }) => {
        const at = target.closest<HTMLElement>("[data-at]")?.dataset["at"]?.split(",").map(Number);
        const [row = 0, column = 0] = at ?? [];
        if (at && (row !== active.row || column !== active.column)) setPlace({ row, column });
        if (at && row >= 0) onActive?.(row);
      }}
    >
      <GridHeader
        {...{ width, pinned, pinnedLeft, shown, first, before, deeds, neighbour, chooseAll }}
        active={active.row === -1 ? active.column : -1}
        chosen={all ? "all" : selected.size > 0 ? "some" : "none"}
      />
      <div role="rowgroup" className="grid-body" style={{ height: total * rowHeight, width }}>
        {read.map((index) => {
          const row = rowAt(index);
          return (
            <GridRow
              key={index}
              {...{ row, index, pinned, pinnedLeft, shown, first, before, width, select }}
              top={index * rowHeight}
              height={rowHeight}
              name={row === undefined ? "" : nameOf(row)}
              canSelect={row !== undefined && canSelect(row)}
              isSelected={row !== undefined && selected.has(rowKey(row))}
              active={active.row === index ? active.column : -1}
            />
          );
        })}
      </div>
      {total === 0 && <div className="grid-empty">{empty}</div>}
    </div>
  );
}
