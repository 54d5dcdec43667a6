import { type RefObject, useLayoutEffect, useRef } from "react";
import { scrollToShow } from "./geometry.ts";
import { headerHeight, selectWidth } from "./grid-types.ts";
import type { Place } from "./moves.ts";

interface Layout {
  readonly rowHeight: number;
  /** Pinned columns, the one of check boxes not among them. */
  readonly pinned: number;
  readonly pinnedWidth: number;
  readonly offsets: readonly number[];
}

/** Scrolls so that a place is in view, beside what is pinned. */
export function show(scroller: HTMLElement, { row, column }: Place, { rowHeight, pinned, pinnedWidth, offsets }: Layout): void {
  if (row >= 0) scroller.scrollTop = scrollToShow(scroller.scrollTop, scroller.clientHeight - headerHeight, row * rowHeight, (row + 1) * rowHeight);
  const free = column - 1 - pinned;
  if (free < 0) return;
  const size = Math.max(1, scroller.clientWidth - pinnedWidth - selectWidth);
  scroller.scrollLeft = scrollToShow(scroller.scrollLeft, size, offsets[free] ?? 0, offsets[free + 1] ?? 0);
}

/**
 * Keeps the focus on the cell that has it while cells come and go: a cell that was moved to gets it once it is drawn, and while its cell
 * is out of view the grid itself holds it, so that keys still work.
 */
export function useGridFocus(scroller: RefObject<HTMLElement | null>, { row, column }: Place): { readonly wanted: RefObject<boolean> } {
  const wanted = useRef(false);
  const held = useRef(false);
  useLayoutEffect(() => {
    const grid = scroller.current;
    if (!grid) return;
    const hasFocus = grid.contains(document.activeElement);
    const wasLost = held.current && document.activeElement === document.body;
    if (wanted.current || wasLost) {
      const cell = grid.querySelector<HTMLElement>(`[data-at="${row},${column}"]`);
      (cell ?? grid).focus({ preventScroll: true });
      if (cell) wanted.current = false;
    }
    held.current = hasFocus || wasLost || grid.contains(document.activeElement);
  });
  return { wanted };
}
