import type uPlot from "uplot";
import type { Dates } from "../parts/dates.ts";
import { number } from "../parts/format.ts";
import { styleOf } from "./palette.ts";
import type { Series, XKind } from "./series.ts";
import { xText } from "./x-text.ts";

export interface Look {
  readonly xKind: XKind;
  readonly xLabel: string;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly isDark: boolean;
  readonly dates: Dates;
}
/** Up to this many points each is a dot of its own. */
export const fewPoints = 60;

function linesOf(one: Series, isDark: boolean): uPlot.Series[] {
  const { colour, dash } = styleOf(one.colour, isDark);
  const line: uPlot.Series = {
    label: one.label,
    stroke: one.isGhost ? `${colour}55` : colour,
    width: one.isGhost ? 1 : 2,
    dash: one.isGhost ? [] : [...dash],
    points: { show: !one.isGhost && one.x.length < fewPoints, size: 5 },
  };
  const edge: uPlot.Series = { label: one.label, width: 0, points: { show: false } };
  return one.band ? [line, edge, edge] : [line];
}

function bandsOf(series: readonly Series[], isDark: boolean): uPlot.Band[] {
  let column = 0;
  return series.flatMap((one): uPlot.Band[] => {
    column += one.band ? 3 : 1;
    return one.band ? [{ series: [column - 1, column], fill: `${styleOf(one.colour, isDark).colour}2e` }] : [];
  });
}

/** What of uPlot's options the lines and the look decide; ranges, size and plugins are the caller's. */
export function lookOptions(series: readonly Series[], { xKind, xLabel, logX, logY, isDark, dates }: Look) {
  const ink = isDark ? "#c6c6cd" : "#424650";
  const grid = { stroke: isDark ? "#333f4a" : "#e5e5ec", width: 1 };
  const axis: uPlot.Axis = { stroke: ink, grid, ticks: { stroke: ink, width: 1 } };
  const text = xText(xKind, dates);
  const written = { values: (_plot: uPlot, splits: number[]) => splits.map((x) => (x === null ? null : text(x))) } as uPlot.Axis;
  return {
    ms: 1 as const,
    tzDate: dates.shifted,
    legend: { show: false },
    axes: [
      { ...axis, ...(xKind !== "time" && { label: xLabel, labelSize: 20, space: 70, ...written }) },
      { ...axis, size: 64, values: (_plot: uPlot, splits: number[]) => splits.map((y) => (y === null ? "" : number(y))) },
    ] satisfies uPlot.Axis[],
    distr: { x: logX ? (3 as const) : (1 as const), y: logY ? (3 as const) : (1 as const) },
    series: [{ label: xLabel }, ...series.flatMap((one) => linesOf(one, isDark))],
    bands: bandsOf(series, isDark),
  };
}
