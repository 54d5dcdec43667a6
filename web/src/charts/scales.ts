import uPlot from "uplot";
import type { Range } from "./series.ts";

type Bounds = [number, number];
/** Enough to find a quantile; a drawing of 100,000 points stays smooth. */
const mostLooked = 4000;

/** The 5 % that are lowest and highest give way, as in TensorBoard's "ignore outliers". */
function inner(plot: uPlot): Bounds | undefined {
  const [first, last] = plot.series[0]?.idxs ?? [0, 0];
  const stride = Math.max(1, Math.floor(((last - first) * (plot.series.length - 1)) / mostLooked));
  const values: number[] = [];
  for (let column = 1; column < plot.series.length; column += 1) {
    if (plot.series[column]?.show === false) continue;
    for (let row = first; row <= last; row += stride) {
      const value = plot.data[column]?.[row];
      if (typeof value === "number") values.push(value);
    }
  }
  values.sort((left, right) => left - right);
  const [low, high] = [values[Math.floor(values.length * 0.05)], values[Math.ceil(values.length * 0.95) - 1]];
  return low !== undefined && high !== undefined && low < high ? [low, high] : undefined;
}

/** The range of the values in view, a little wider. */
export const yRange =
  (isLog: boolean, clipsOutliers: boolean) =>
  (plot: uPlot, min: number | null, max: number | null): Bounds => {
    if (min === null || max === null) return isLog ? [0.1, 1] : [0, 1];
    const [low, high] = (clipsOutliers ? inner(plot) : undefined) ?? [min, max];
    return (isLog ? uPlot.rangeLog(low, high, 10, false) : uPlot.rangeNum(low, high, 0.1, true)) as Bounds;
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
