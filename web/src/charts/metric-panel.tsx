import Box from "@cloudscape-design/components/box";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useRef, useState } from "react";
import { useIsDark } from "../frame/preferences.ts";
import { useToasts } from "../frame/toasts.tsx";
import { Card } from "../parts/card.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { saveCsv, savePng } from "./chart-files.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { type ChartHandle, LineChart } from "./line-chart.tsx";
import { useMetricSeries } from "./metric-series.ts";
import { PointsBadge } from "./points-badge.tsx";
import { PointsTable } from "./points-table.tsx";
import { linesOf } from "./run-lines.ts";
import { entryOf } from "./series.ts";
import { type ChartRun, pointsShown, type SeriesReply } from "./series-reply.ts";
import { setChartSettings, useChartSettings, xKinds, xLabels } from "./settings.ts";

interface MetricPanelProps {
  readonly title: string;
  /** One metric, or several that share a chart. */
  readonly metricKeys: readonly string[];
  readonly runs: readonly ChartRun[];
}

/** Metrics of runs in one chart: by the page's settings, live while a run logs, with its files and its table. */
export function MetricPanel({ title, metricKeys, runs }: MetricPanelProps) {
  const settings = useChartSettings();
  const query = useMetricSeries(runs, metricKeys, settings);
  // What was shown stays while a zoom is read; only the first reading shows an outline.
  const shown = { ...query, isPlaceholderData: false } as typeof query;
  return <Loaded query={shown}>{(reply) => <Drawn title={title} metricKeys={metricKeys} runs={runs} reply={reply} />}</Loaded>;
}

function Drawn({ title, metricKeys, runs, reply }: MetricPanelProps & { readonly reply: SeriesReply }) {
  const { axis, logX, logY, clipsOutliers, drawsEach, range } = useChartSettings();
  const isDark = useIsDark();
  const toasts = useToasts();
  const chart = useRef<ChartHandle>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => linesOf(reply, runs, metricKeys, { axis, drawsEach }), [reply, runs, metricKeys, axis, drawsEach]);
  const visible = useMemo(() => lines.filter((line) => !hidden.has(entryOf(line).id)), [lines, hidden]);
  const toggle = (id: string) => setHidden((all) => (all.has(id) ? new Set([...all].filter((one) => one !== id)) : new Set([...all, id])));
  const counts = useMemo(() => pointsShown(reply, axis, range), [reply, axis, range]);
  const saveAs = (kind: string) => {
    const canvas = chart.current?.canvas();
    if (kind === "png" && canvas) savePng(canvas, visible, title, isDark);
    if (kind === "csv") saveCsv(runs, metricKeys, title).catch((error: Error) => toasts.push({ type: "error", text: error.message }));
  };
  const xLabel = xLabels[axis];
  return (
    <Card
      title={title}
      description={<PointsBadge {...counts} />}
      actions={
        <ButtonDropdown
          variant="icon"
          ariaLabel={`Save ${title}`}
          items={[
            { id: "png", text: "Picture (PNG)" },
            { id: "csv", text: "Every point (CSV)" },
          ]}
          onItemClick={({ detail }) => saveAs(detail.id)}
        />
      }
    >
      {counts.total === 0 ? (
        <Box color="text-body-secondary">No point was logged.</Box>
      ) : (
        <SpaceBetween size="xs">
          <LineChart
            label={`${title} by ${xLabel.toLowerCase()}`}
            xLabel={xLabel}
            xKind={xKinds[axis]}
            series={visible}
            logX={logX && axis !== "time"}
            logY={logY}
            clipsOutliers={clipsOutliers}
            range={range}
            onRange={(wanted) => setChartSettings({ range: wanted })}
            syncKey={axis}
            handle={chart}
          />
          <ChartLegend series={lines} hidden={hidden} toggle={toggle} />
          <PointsTable name={`points-${title}`} series={visible} xLabel={xLabel} xKind={xKinds[axis]} />
        </SpaceBetween>
      )}
    </Card>
  );
}
