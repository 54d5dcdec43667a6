import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import { duration } from "../../parts/format.ts";
import type { Span } from "../step-bar.tsx";
import { ticks } from "./ticks.ts";
import "./gantt.css";

interface GanttProps {
  readonly steps: readonly ExecutionStep[];
  readonly span: Span;
  /** The name of the state that is shown below. */
  readonly selected: string;
  readonly select: (name: string) => void;
}

/** The drawing's own width; it is stretched to that of the page. */
const width = 1000;
/** The shortest step is still seen. */
const least = 4;

function place({ from, to }: Span, total: Span) {
  const scale = width / Math.max(1, total.to - total.from);
  const wide = Math.max(least, (to - from) * scale);
  return { x: Math.max(0, Math.min((from - total.from) * scale, width - wide)), width: wide };
}

function Bar({ step: { startedAt, endedAt, waited, status, cached }, span }: { readonly step: ExecutionStep; readonly span: Span }) {
  const to = endedAt ?? span.to;
  return (
    <svg viewBox={`0 0 ${width} 20`} preserveAspectRatio="none" aria-hidden="true">
      {ticks(span.to - span.from).map((at) => (
        <line
          key={at}
          x1={place({ from: span.from + at, to: span.from + at }, span).x}
          x2={place({ from: span.from + at, to: span.from + at }, span).x}
          y1="0"
          y2="20"
        />
      ))}
      <rect {...place({ from: startedAt, to }, span)} y="4" height="12" data-look={status} data-cached={cached === true} />
      {waited && <rect {...place({ from: waited.from, to: waited.to ?? to }, span)} y="4" height="12" data-look="waited" />}
    </svg>
  );
}

function words({ name, status, startedAt, endedAt, waited, cached }: ExecutionStep, { from, to }: Span): string {
  const took = (endedAt ?? to) - startedAt;
  const waiting = waited === undefined ? "" : `, of that ${duration((waited.to ?? endedAt ?? to) - waited.from)} waiting`;
  return `${name}: ${status}${cached === true ? ", from the cache" : ""}, began after ${duration(startedAt - from)}, took ${duration(took)}${waiting}`;
}

/** The steps of an execution as bars in time, each a button that shows the step; what the bar says is its title. */
export function Gantt({ steps, span, selected, select }: GanttProps) {
  const total = Math.max(1, span.to - span.from);
  return (
    <div className="gantt">
      <div className="gantt-axis">
        <span />
        <svg aria-hidden="true">
          {ticks(total).map((at) => (
            <text key={at} x={`${(at / total) * 100}%`} y="12" textAnchor={at === 0 ? "start" : at / total > 0.95 ? "end" : "middle"}>
              {at === 0 ? "0" : duration(at)}
            </text>
          ))}
        </svg>
        <span />
      </div>
      <ol aria-label="Steps in time">
        {steps.map((step) => (
          <li key={`${step.name} ${step.startedAt}`}>
            <button type="button" title={words(step, span)} aria-pressed={selected === step.name} onClick={() => select(step.name)}>
              <span className="gantt-name">{step.name}</span>
              <Bar step={step} span={span} />
              <span className="gantt-took">{duration((step.endedAt ?? span.to) - step.startedAt)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
