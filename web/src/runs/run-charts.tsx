import { useMemo } from "react";
import { MetricPanels } from "../charts/metric-panels.tsx";
import type { Run } from "../experiments/wire.ts";

interface RunChartsProps {
  readonly run: Run;
  readonly metricKeys: readonly string[];
}

/** A chart for each of some metrics of a run. */
export function RunCharts({ run, metricKeys }: RunChartsProps) {
  const { run_id: id, run_name: name, status } = run.info;
  const runs = useMemo(() => [{ id, name: name || id, isLive: status === "RUNNING", colour: 0 }], [id, name, status]);
  return <MetricPanels runs={runs} metricKeys={metricKeys} />;
}
