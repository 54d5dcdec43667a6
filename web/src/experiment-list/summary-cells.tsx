import { address } from "../address.ts";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { Sparkline } from "../parts/sparkline.tsx";
import { State } from "../parts/state.tsx";
import type { Summary } from "./wire.ts";

interface CellProps {
  readonly summary: Summary | undefined;
}

export function RunCount({ summary }: CellProps) {
  if (!summary) return "…";
  return (
    <span className="number">
      {number(summary.runs)}
      {summary.running > 0 && `, ${summary.running} running`}
    </span>
  );
}

/** The run that began last: how it is, and since when. */
export function LatestRun({ summary }: CellProps) {
  if (!summary?.latest) return summary ? "no run yet" : "…";
  const { runId, name, status, startTime } = summary.latest;
  return (
    <div>
      <GoTo href={address(["runs", runId])}>
        <span className="named">{name || runId}</span>
      </GoTo>
      <div>
        <State of={status} /> <Moment at={startTime} />
      </div>
    </div>
  );
}

/** How the experiment's metric moved from run to run, and what it is now. */
export function MetricTrend({ summary }: CellProps) {
  const metric = summary?.metric;
  const last = metric?.values.at(-1)?.value;
  if (!metric || last === undefined) return summary ? "-" : "…";
  const values = metric.values.map(({ value }) => (typeof value === "number" ? value : null));
  const known = values.filter((value) => value !== null);
  const range = known.length > 0 ? `, from ${number(Math.min(...known))} to ${number(Math.max(...known))}` : "";
  return (
    <div className="trend">
      <Sparkline values={values} label={`${metric.metricKey} over the newest ${values.length} runs${range}`} />
      <div>
        <span className="number" title={String(last)}>
          {number(last)}
        </span>
        <div className="secondary clipped">{metric.metricKey}</div>
      </div>
    </div>
  );
}
