import "../parts/sound-language.ts";
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import uPlot from "uplot";
import { useIsDark } from "../frame/preferences.ts";
import "uplot/dist/uPlot.min.css";
import "./charts.css";
import { useDates } from "../parts/dates.ts";
import { align } from "./align.ts";
import { oddValues } from "./marks.ts";
import { fewPoints, lookOptions } from "./plot-options.ts";
import { xRange, yRange } from "./scales.ts";
import type { Range, Series, XKind } from "./series.ts";
import { tooltip } from "./tooltip.ts";
import { xText } from "./x-text.ts";
import { zoom } from "./zoom.ts";

export interface LineChartProps {
  /** Names the chart for who cannot see it. */
  readonly label: string;
  readonly xLabel: string;
  /** @default "number" */
  readonly xKind?: XKind;
  readonly series: readonly Series[];
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly clipsOutliers?: boolean;
  /** The stretch that is zoomed to; without it all is shown. */
  readonly range?: Range | undefined;
  /** Told when somebody zoomed, and with undefined when all is to be shown. */
  readonly onRange?: (range: Range | undefined) => void;
  /** Charts of one key share the cursor. */
  readonly syncKey?: string;
  /** @default 280 */
  readonly height?: number;
  /** Told what is shown of x and y whenever that changes. */
  readonly onView?: (view: View) => void;
  readonly handle?: Ref<ChartHandle>;
}
/** What is shown of each axis. */
export interface View {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}
/** What the owner of a chart may ask of it. */
export interface ChartHandle {
  /** The picture as it is drawn now, or undefined before the first drawing. */
  canvas(): HTMLCanvasElement | undefined;
  view(): View | undefined;
}

const viewOf = ({ scales }: uPlot): View => ({
  x: [scales["x"]?.min ?? 0, scales["x"]?.max ?? 1],
  y: [scales["y"]?.min ?? 0, scales["y"]?.max ?? 1],
});

/** What a plot is made anew for; all else changes in place, so that nothing flickers while a run logs. */
const shapeOf = (series: readonly Series[]) =>
  JSON.stringify(series.map(({ id, label, colour, isGhost, band, x }) => [id, label, colour, isGhost, !!band, x.length < fewPoints]));

/** Lines over a common x: zoomed by hand, wheel or keyboard, read with the pointer. It fills the width that it has and keeps its zoom while values come. */
export function LineChart(props: LineChartProps) {
  const {
    label,
    xLabel,
    xKind = "number",
    series,
    logX = false,
    logY = false,
    clipsOutliers = false,
    range,
    onRange,
    onView,
    syncKey,
    height = 280,
    handle,
  } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const isDark = useIsDark();
  const dates = useDates();
  const { x, columns } = useMemo(() => align(series, { logX, logY }), [series, logX, logY]);
  const latest = useRef({ series, range, onRange, onView, data: [x, ...columns] as uPlot.AlignedData });
  latest.current = { series, range, onRange, onView, data: [x, ...columns] as uPlot.AlignedData };
  useImperativeHandle(handle, () => ({ canvas: () => plot.current?.ctx.canvas, view: () => plot.current && viewOf(plot.current) }), []);
  const shape = shapeOf(series);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the series, whose values change in place
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const now = () => latest.current;
    const { distr, ...look } = lookOptions(now().series, { xKind, xLabel, logX, logY, isDark, dates });
    const show = (made: uPlot, wanted: Range | undefined) => {
      latest.current = { ...latest.current, range: wanted };
      if (wanted) made.setScale("x", { min: wanted.from, max: wanted.to });
      else made.setData(now().data);
    };
    const made = new uPlot(
      {
        ...look,
        width: element.clientWidth,
        height,
        cursor: {
          drag: { x: true, y: false, setScale: false },
          focus: { prox: 24 },
          ...(syncKey !== undefined && { sync: { key: syncKey } }),
          bind: { dblclick: () => null },
        },
        scales: {
          // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- uPlot declares these numbers as an ambient const enum, which no file holds
          x: { time: xKind === "time", distr: distr.x, range: xRange(() => now().range) },
          // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- uPlot declares these numbers as an ambient const enum, which no file holds
          y: { distr: distr.y, range: yRange(logY, () => (clipsOutliers ? now().series : undefined)) },
        },
        plugins: [
          tooltip(() => now().series, xText(xKind, dates), isDark),
          oddValues(() => now().series, isDark),
          { hooks: { draw: (drawn) => now().onView?.(viewOf(drawn)) } },
          zoom(show, (wanted) => now().onRange?.(wanted)),
        ],
      },
      now().data,
      element,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => element.clientWidth !== made.width && made.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape, xKind, xLabel, logX, logY, clipsOutliers, isDark, dates, syncKey, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn lies in `latest`; these say when it changed
  useEffect(() => plot.current?.setData(latest.current.data), [x, columns, range?.from, range?.to]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the zoom is worked by keyboard too
    <div ref={host} role="img" aria-label={label} className="chart" tabIndex={0} aria-keyshortcuts="+ - ArrowLeft ArrowRight 0" />
  );
}
