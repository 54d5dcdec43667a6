import uPlot from "uplot";
import { innerRange } from "./clip.ts";
import type { Range, Series } from "./series.ts";

type Bounds = [number, number];

/** The range of the values in view, a little wider; of those that are left when outliers are clipped. */
export const yRange =
  (isLog: boolean, clipped: () => readonly Series[] | undefined) =>
  (plot: uPlot, min: number | null, max: number | null): Bounds => {
    if (min === null || max === null) return isLog ? [0.1, 1] : [0, 1];
    const [first, last] = plot.series[0]?.idxs ?? [0, 0];
    const [from = 0, to = 0] = [plot.data[0][first], plot.data[0][last]];
    const [low, high] = innerRange(clipped() ?? [], from, to) ?? [min, max];
    return (
      isLog && low > 0 ? uPlot.rangeLog(low, high, 10, false) : isLog ? uPlot.rangeLog(min, max, 10, false) : uPlot.rangeNum(low, high, 0.1, true)
    ) as Bounds;
  };

/** The stretch that is zoomed to, else all of it; a single point gets room on both sides. */
export const xRange =
  (zoomed: () => Range | undefined) =>
  (_plot: uPlot, min: number | null, max: number | null): Bounds => {
    const range = zoomed();
    if (range) return [range.from, range.to];
    if (min === null || max === null) return [0, 1];
    return min === max ? [min - 0.5, max + 0.5] : [min, max];
  };
