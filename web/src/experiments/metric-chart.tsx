import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { Card } from "../parts/card.tsx";
import { Chart } from "../parts/chart.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import { MetricPoints } from "./metric-points.tsx";
import { type HistoryReply, plain, toNumber } from "./wire.ts";

interface NamedRun {
  readonly id: string;
  readonly name: string;
}
interface MetricChartProps {
  readonly metric: string;
  readonly runs: readonly NamedRun[];
  readonly isLive: boolean;
}
const mostPoints = 2000;

/** One metric of some runs by step, live while one of them runs. A run of very many points is sampled by the platform. */
export function MetricChart({ metric, runs, isLive }: MetricChartProps) {
  const query = new URLSearchParams([...runs.map(({ id }) => ["run_ids", id]), ["metric_key", metric], ["max_results", String(mostPoints)]]);
  const history = useRead<HistoryReply>(`/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?${query.toString()}`, { every: isLive ? 2500 : false });
  return (
    <Card title={metric}>
      <Loaded query={history}>{({ metrics }) => <Drawn metric={metric} runs={runs} points={metrics ?? []} />}</Loaded>
    </Card>
  );
}

interface DrawnProps {
  readonly metric: string;
  readonly runs: readonly NamedRun[];
  readonly points: NonNullable<HistoryReply["metrics"]>;
}

function Drawn({ metric, runs, points }: DrawnProps) {
  const { x, lines } = useMemo(() => {
    const steps = [...new Set(points.map(({ step }) => plain(step)))].toSorted((left, right) => left - right);
    const place = new Map(steps.map((step, index) => [step, index]));
    const found = runs.map(({ id, name }) => ({ id, label: name, values: steps.map((): number | null => null) }));
    const byRun = new Map(found.map((line) => [line.id, line.values]));
    for (const { run_id, step, value } of points) {
      const values = byRun.get(run_id);
      const index = place.get(plain(step));
      const y = toNumber(value);
      if (values && index !== undefined) values[index] = Number.isFinite(y) ? y : null;
    }
    return { x: steps, lines: found };
  }, [runs, points]);
  return (
    <SpaceBetween size="s">
      {x.length > 0 && <Chart label={`${metric} by step`} x={x} xLabel="Step" lines={lines} />}
      <ExpandableSection headerText={`${points.length} points as a table`}>
        <MetricPoints points={points} runs={runs} />
      </ExpandableSection>
    </SpaceBetween>
  );
}
