/** One line of a chart. */
export interface Series {
  readonly id: string;
  readonly label: string;
  /** Ascending. */
  readonly x: readonly number[];
  /** As many as `x`; NaN and the infinities leave a gap that is marked. */
  readonly y: readonly number[];
  /** Its place in the palette: the same thing has the same colour in every chart of a page. */
  readonly colour: number;
  /** Drawn thin and pale behind the others, and left out of the tooltip: the raw values of a smoothed line. */
  readonly isGhost?: boolean;
  /** A band around the line: the lowest and highest of those that it is the mean of, and how many they are; as many as `x`. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[]; readonly count: readonly number[] };
  /** What it belongs to in the legend, where lines share an entry. @default its own */
  readonly entry?: Entry;
}
/** A line of the legend. */
export interface Entry {
  readonly id: string;
  readonly label: string;
}

export const entryOf = ({ entry, id, label }: Series): Entry => entry ?? { id, label };

/** One line for each entry of the legend, to show its colour by. */
export function entriesOf(series: readonly Series[]): readonly (Entry & { readonly colour: number })[] {
  const found = new Map<string, Entry & { readonly colour: number }>();
  for (const one of series) {
    const entry = entryOf(one);
    if (!one.isGhost && !found.has(entry.id)) found.set(entry.id, { ...entry, colour: one.colour });
  }
  return [...found.values()];
}

/** A stretch of a chart's x axis, in the axis's unit. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** How x is written: a count, milliseconds since 1970, or milliseconds gone by. */
export type XKind = "number" | "time" | "duration";

/** The index of the value that is nearest to `x`, or -1 where there is none. */
export function nearest(values: readonly number[], x: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const [before, here] = [values[low - 1], values[low]];
  return before !== undefined && here !== undefined && x - before < here - x ? low - 1 : low < values.length ? low : -1;
}
