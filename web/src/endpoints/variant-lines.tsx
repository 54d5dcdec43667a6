import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { ChartLegend } from "../charts/chart-legend.tsx";
import { LineChart } from "../charts/line-chart.tsx";
import type { Series } from "../charts/series.ts";

/** A line over time for each variant, and the names that hide and show them. */
export function VariantLines({ label, series, height }: { readonly label: string; readonly series: readonly Series[]; readonly height: number }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const visible = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden]);
  const toggle = (id: string) => setHidden((all) => (all.has(id) ? new Set([...all].filter((one) => one !== id)) : new Set([...all, id])));
  return (
    <SpaceBetween size="xs">
      <LineChart label={label} xLabel="Time" xKind="time" series={visible} height={height} />
      <ChartLegend series={series} hidden={hidden} toggle={toggle} />
    </SpaceBetween>
  );
}
