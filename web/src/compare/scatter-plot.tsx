import { type KeyboardEvent, useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { useIsDark } from "../frame/preferences.ts";
import { type Axis, labelsOf, placeOf, unitOf, unitText } from "./axis.ts";
import { scaleColour } from "./colours.ts";
import type { ComparedRun } from "./values.ts";
import "./plots.css";

interface ScatterPlotProps {
  readonly runs: readonly ComparedRun[];
  readonly x: Axis;
  readonly y: Axis;
  readonly colour: Axis | undefined;
}
const size = { width: 720, height: 400 } as const;
const edge = { left: 84, right: 16, top: 12, bottom: 52 } as const;
const inner = { width: size.width - edge.left - edge.right, height: size.height - edge.top - edge.bottom } as const;
const short = (text: string) => (text.length > 12 ? `${text.slice(0, 11)}…` : text);

/** A point for each run that has both values. One tab stop: the arrow keys go through the points, Enter opens a run. */
export function ScatterPlot({ runs, x, y, colour }: ScatterPlotProps) {
  const isDark = useIsDark();
  const [current, setCurrent] = useState<string>();
  const points = runs
    .flatMap((run) => {
      const [across, up, shade] = [unitOf(x, run), unitOf(y, run), colour && unitOf(colour, run)];
      if (across === undefined || up === undefined) return [];
      return [
        {
          run,
          cx: edge.left + placeOf(x, across) * inner.width,
          cy: edge.top + (1 - placeOf(y, up)) * inner.height,
          fill: colour && shade !== undefined ? scaleColour(placeOf(colour, shade), isDark) : undefined,
          text: `${run.name}: ${x.name} ${unitText(x, across)}, ${y.name} ${unitText(y, up)}${colour && shade !== undefined ? `, ${colour.name} ${unitText(colour, shade)}` : ""}`,
        },
      ];
    })
    .toSorted((left, right) => left.cx - right.cx);
  const index = points.findIndex(({ run }) => run.id === current);
  const open = (id: string) => navigate(address(["runs", id]));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setCurrent(points[Math.min(points.length - 1, Math.max(0, index + step))]?.run.id);
    }
    if (event.key === "Enter" && current !== undefined) open(current);
  };
  const chosen = points[index];
  const left = points.length < runs.length ? ` ${runs.length - points.length} runs lack one of the two values.` : "";
  return (
    <div>
      <div
        className="scatter"
        role="listbox"
        tabIndex={0}
        aria-label={`${y.name} by ${x.name}`}
        aria-activedescendant={chosen && `point-${chosen.run.id}`}
        onKeyDown={onKeyDown}
      >
        <svg viewBox={`0 0 ${size.width} ${size.height}`} role="presentation">
          {labelsOf(x).map(({ place, text }) => (
            <g key={`x${place}`} className="plot-tick" transform={`translate(${edge.left + place * inner.width} ${edge.top})`}>
              <path d={`M0 0V${inner.height}`} />
              <text y={inner.height + 18} textAnchor="middle">
                {short(text)}
              </text>
            </g>
          ))}
          {labelsOf(y).map(({ place, text }) => (
            <g key={`y${place}`} className="plot-tick" transform={`translate(${edge.left} ${edge.top + (1 - place) * inner.height})`}>
              <path d={`M0 0H${inner.width}`} />
              <text x={-8} y={4} textAnchor="end">
                {short(text)}
              </text>
            </g>
          ))}
          <text className="plot-name" x={edge.left + inner.width / 2} y={size.height - 6} textAnchor="middle">
            {x.name}
          </text>
          <text className="plot-name" x={4} y={edge.top + inner.height / 2} transform={`rotate(-90 14 ${edge.top + inner.height / 2})`} textAnchor="middle">
            {y.name}
          </text>
          {points.map(({ run, cx, cy, fill, text }) => (
            <circle
              key={run.id}
              id={`point-${run.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={run.id === current}
              aria-label={text}
              className={run.id === current ? "plot-point is-current" : "plot-point"}
              cx={cx}
              cy={cy}
              r={5}
              {...(fill !== undefined && { style: { fill } })}
              onMouseEnter={() => setCurrent(run.id)}
              onClick={() => open(run.id)}
            />
          ))}
        </svg>
      </div>
      <div className="plot-caption" aria-live="polite">
        {chosen ? chosen.text : `${points.length} runs.${left}`}
      </div>
    </div>
  );
}
