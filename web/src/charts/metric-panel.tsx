import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useRef, useState } from "react";
import { Card } from "../parts/card.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ChartLegend } from "./chart-legend.tsx";
import { pointsOutside } from "./clip.ts";
import { type ChartHandle, LineChart, type View } from "./line-chart.tsx";
import { useMetricSeries } from "./metric-series.ts";
import { PointsBadge } from "./points-badge.tsx";
import { PointsTable } from "./points-table.tsx";
import { linesOf } from "./run-lines.ts";
import { SaveMenu } from "./save-menu.tsx";
import { entryOf } from "./series.ts";
import { type ChartRun, pointsShown, type SeriesReply } from "./series-reply.ts";
import { alongOf, setChartSettings, useChartSettings } from "./settings.ts";

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
  const { axis, xMetric, logX, logY, clipsOutliers, drawsEach, range } = useChartSettings();
  const chart = useRef<ChartHandle>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [outside, setOutside] = useState(0);
  const lines = useMemo(() => linesOf(reply, runs, metricKeys, { axis, drawsEach }), [reply, runs, metricKeys, axis, drawsEach]);
  const visible = useMemo(() => lines.filter((line) => !hidden.has(entryOf(line).id)), [lines, hidden]);
  const toggle = (id: string) => setHidden((all) => (all.has(id) ? new Set([...all].filter((one) => one !== id)) : new Set([...all, id])));
  const counts = useMemo(() => pointsShown(reply, axis, range), [reply, axis, range]);
  const { kind, label: xLabel } = alongOf({ axis, xMetric });
  return (
    <Card
      title={title}
      description={<PointsBadge {...counts} />}
      actions={<SaveMenu title={title} chart={chart} series={visible} runs={runs} metricKeys={metricKeys} />}
    >
      {lines.length === 0 ? (
        <Box color="text-body-secondary">{counts.total === 0 ? "No point was logged." : `No point was logged at a step where ${xMetric} has a value.`}</Box>
      ) : (
        <SpaceBetween size="xs">
          <LineChart
            label={`${title} by ${xMetric === "" ? xLabel.toLowerCase() : xLabel}`}
            xLabel={xLabel}
            xKind={kind}
            series={visible}
            logX={logX && kind !== "time"}
            logY={logY}
            clipsOutliers={clipsOutliers}
            range={range}
            onRange={(wanted) => setChartSettings({ range: wanted })}
            {...(clipsOutliers && { onView: ({ x, y }: View) => setOutside(pointsOutside(visible, x, y)) })}
            syncKey={xMetric === "" ? axis : `over ${xMetric}`}
            handle={chart}
          />
          {clipsOutliers && (
            <Box variant="small">{`${outside === 0 ? "No point lies" : outside === 1 ? "1 point lies" : `${outside} points lie`} above or below what is shown.`}</Box>
          )}
          <ChartLegend series={lines} hidden={hidden} toggle={toggle} />
          <PointsTable name={`points-${title}`} series={visible} xLabel={xLabel} xKind={kind} />
        </SpaceBetween>
      )}
    </Card>
  );
}
