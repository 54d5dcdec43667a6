import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import { columnsIn, rowsIn } from "./geometry.ts";
import { headerHeight, type View } from "./grid-types.ts";

interface Measures {
  readonly total: number;
  readonly rowHeight: number;
  readonly pinnedWidth: number;
  /** Of the columns that are not pinned. */
  readonly offsets: readonly number[];
}

const moreRows = 8;
const moreColumns = 3;
const same = (a: View, b: View) =>
  a.rows.first === b.rows.first && a.rows.end === b.rows.end && a.columns.first === b.columns.first && a.columns.end === b.columns.end;

/** The rows and columns that are in view, and a few around them; a new object only when they are others. */
export function useView(scroller: RefObject<HTMLElement | null>, { total, rowHeight, pinnedWidth, offsets }: Measures): View {
  const [view, setView] = useState<View>({ rows: { first: 0, end: 0 }, columns: { first: 0, end: 0 } });
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
    const next = {
      rows: rowsIn(total, rowHeight, scrollTop, scrollTop + clientHeight - headerHeight, moreRows),
      columns: columnsIn(offsets, scrollLeft, scrollLeft + Math.max(0, clientWidth - pinnedWidth), moreColumns),
    };
    setView((known) => (same(known, next) ? known : next));
  }, [scroller, total, rowHeight, pinnedWidth, offsets]);
  useLayoutEffect(look, [look]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, look]);
  return view;
}
