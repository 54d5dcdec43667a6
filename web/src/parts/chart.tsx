import "./sound-language.ts";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import { useIsDark } from "../frame/preferences.ts";
import { type Dates, useDates } from "./dates.ts";
import "uplot/dist/uPlot.min.css";

export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
}
interface ChartProps {
  readonly label: string;
  /** Ascending. Seconds since the epoch where `isTime`. */
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly isTime?: boolean;
  readonly lines: readonly Line[];
}

/** Distinguishable also by the colour-blind (Okabe and Ito), on white and on black; lines beyond eight are dashed. */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#b8860b", "#7f6bd6", "#777777"] as const;
const height = 280;

function options(width: number, isDark: boolean, dates: Dates, { xLabel, isTime = false, lines }: ChartProps): uPlot.Options {
  const ink = isDark ? "#c6c6cd" : "#424650";
  const axis = { stroke: ink, grid: { stroke: isDark ? "#333f4a" : "#e5e5ec", width: 1 }, ticks: { stroke: ink, width: 1 } };
  return {
    width,
    height,
    tzDate: (seconds) => dates.shifted(seconds * 1000),
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: isTime } },
    axes: [
      { ...axis, ...(isTime ? {} : { label: xLabel, labelSize: 20 }) },
      { ...axis, size: 70 },
    ],
    series: [
      { label: xLabel },
      ...lines.map(({ label }, index) => ({
        label,
        stroke: colours[index % colours.length] ?? ink,
        width: 2,
        spanGaps: true,
        points: { show: lines.every(({ values }) => values.length < 60), size: 5 },
        ...(index >= colours.length && { dash: [6, 4] }),
      })),
    ],
  };
}

/** Lines over steps or time; drag to zoom, double click to see all. Fills the width that it has. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const dates = useDates();
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const data: uPlot.AlignedData = [[...props.x], ...props.lines.map(({ values }) => [...values])];
    const plot = new uPlot(options(element.clientWidth, isDark, dates, props), data, element);
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [props, isDark, dates]);
  return <div ref={host} role="img" aria-label={props.label} className="chart" />;
}
