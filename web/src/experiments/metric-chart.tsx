import { useMemo } from "react";
import { MetricPanel } from "../charts/metric-panel.tsx";

interface MetricChartProps {
  readonly metric: string;
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  readonly isLive: boolean;
}

/** One metric of some runs in one chart, live while one of them runs. */
export function MetricChart({ metric, runs, isLive }: MetricChartProps) {
  const keys = useMemo(() => [metric], [metric]);
  const drawn = useMemo(() => runs.map((run, colour) => ({ ...run, isLive, colour })), [runs, isLive]);
  return <MetricPanel title={metric} metricKeys={keys} runs={drawn} />;
}
