import { type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { useIsDark } from "../frame/preferences.ts";
import { type Axis, placeOf, unitOf, unitText } from "./axis.ts";
import { type Brushes, isWithin, type Range } from "./brushes.ts";
import { scaleColour } from "./colours.ts";
import { nearestTrack } from "./nearest-run.ts";
import { paintLines } from "./paint-lines.ts";
import { ParallelAxis } from "./parallel-axis.tsx";
import type { ComparedRun } from "./values.ts";
import "./plots.css";

interface ParallelPlotProps {
  readonly runs: readonly ComparedRun[];
  readonly axes: readonly Axis[];
  readonly brushes: Brushes;
  readonly colour: Axis | undefined;
  readonly setBrush: (name: string, range: Range | undefined) => void;
  readonly move: (index: number, by: -1 | 1) => void;
  readonly remove: (name: string) => void;
  readonly setLog: (name: string, isLog: boolean) => void;
}
/** Pixels; the same in plots.css. */
const frame = { height: 416, top: 72, bottom: 40, side: 76, none: 404 } as const;
const axisGap = 150;

/** A line for each run through its value on every axis. Lines outside a brush fade; the one under the pointer is told below. */
export function ParallelPlot({ runs, axes, brushes, colour, setBrush, move, remove, setLog }: ParallelPlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [current, setCurrent] = useState<string>();
  const isDark = useIsDark();
  const xs = useMemo(
    () => axes.map((_, index) => (axes.length < 2 ? width / 2 : frame.side + (index * (width - 2 * frame.side)) / (axes.length - 1))),
    [axes, width],
  );
  const tracks = useMemo(() => {
    const inner = frame.height - frame.top - frame.bottom;
    return runs.map((run) => {
      const shade = colour && unitOf(colour, run);
      const ys = axes.map((axis) => {
        const unit = unitOf(axis, run);
        return unit === undefined ? frame.none : frame.top + (1 - placeOf(axis, unit)) * inner;
      });
      const plain = isDark ? "#619dff" : "#119bde";
      return {
        id: run.id,
        ys,
        colour: colour && shade !== undefined ? scaleColour(placeOf(colour, shade), isDark) : plain,
        isIn: isWithin(brushes, axes, run),
      };
    });
  }, [runs, axes, brushes, colour, isDark]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const sized = new ResizeObserver(() => setWidth(element.clientWidth));
    sized.observe(element);
    return () => sized.disconnect();
  }, []);
  useEffect(() => {
    if (canvas.current && width > 0) paintLines(canvas.current, xs, tracks, current, isDark);
  }, [xs, tracks, current, isDark, width]);
  const at = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    return (
      box &&
      nearestTrack(
        tracks.filter(({ isIn }) => isIn),
        xs,
        event.clientX - box.left,
        event.clientY - box.top,
      )
    );
  };
  const run = runs.find(({ id }) => id === current);
  const within = tracks.filter(({ isIn }) => isIn).length;
  const told = (one: ComparedRun) =>
    axes
      .map((axis) => {
        const unit = unitOf(axis, one);
        return `${axis.name} ${unit === undefined ? "none" : unitText(axis, unit)}`;
      })
      .join(", ");
  return (
    <div>
      <section
        className="parallel"
        aria-label="Parallel coordinates"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
      >
        <div className="parallel-inner" style={{ minWidth: Math.max(1, axes.length) * axisGap }}>
          <canvas
            ref={canvas}
            role="img"
            aria-label={`${runs.length} runs over ${axes.map(({ name }) => name).join(", ")}; the rows below say the same`}
            onPointerMove={(event) => setCurrent(at(event))}
            onPointerLeave={() => setCurrent(undefined)}
            onClick={() => current !== undefined && navigate(address(["runs", current]))}
          />
          {axes.map((axis, index) => (
            <ParallelAxis
              key={axis.name}
              axis={axis}
              x={xs[index] ?? 0}
              range={brushes.get(axis.name)}
              hasMissing={runs.some((one) => unitOf(axis, one) === undefined)}
              setRange={(range) => setBrush(axis.name, range)}
              move={(by) => move(index, by)}
              canMove={{ left: index > 0, right: index < axes.length - 1 }}
              remove={() => remove(axis.name)}
              setLog={(isLog) => setLog(axis.name, isLog)}
            />
          ))}
        </div>
      </section>
      <div className="plot-caption" aria-live="polite">
        {run ? `${run.name}: ${told(run)}` : `${within} of ${runs.length} runs within the brushes.`}
      </div>
    </div>
  );
}
