import type { Series } from "./series.ts";

/** A cell of a column: null is a gap in the line, undefined a place where this line has no point of its own. */
type Cell = number | null | undefined;
export interface Aligned {
  readonly x: readonly number[];
  /** The line of each series, then, where it has a band, its highest and lowest. */
  readonly columns: readonly (readonly Cell[])[];
}

const drawn = (value: number | undefined, isLog: boolean): Cell => {
  if (value === undefined || !Number.isFinite(value)) return null;
  return isLog && value <= 0 ? undefined : value;
};

/** Lines over one common x, which is what uPlot draws. On a logarithmic axis what is not above zero has no place and is left out. */
export function align(series: readonly Series[], { logX, logY }: { readonly logX: boolean; readonly logY: boolean }): Aligned {
  const all = new Set<number>();
  for (const { x } of series) for (const value of x) if (!logX || value > 0) all.add(value);
  const x = Float64Array.from(all).sort();
  const place = new Map<number, number>();
  for (const [index, value] of x.entries()) place.set(value, index);
  const column = (at: readonly number[], values: readonly number[]) => {
    const cells: Cell[] = new Array(x.length);
    for (const [index, value] of at.entries()) {
      const row = place.get(value);
      if (row !== undefined) cells[row] = drawn(values[index], logY);
    }
    return cells;
  };
  const columns = series.flatMap((one) => [column(one.x, one.y), ...(one.band ? [column(one.x, one.band.high), column(one.x, one.band.low)] : [])]);
  return { x: Array.from(x), columns };
}
