import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { PointsTable } from "../charts/points-table.tsx";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { measures, trafficSeries } from "./traffic-series.ts";
import { VariantLines } from "./variant-lines.tsx";
import type { StatisticsReply } from "./wire.ts";

/** One measure of each variant minute by minute, as it goes on, with the table that says the same. */
export function TrafficChart({ series: minutes }: Pick<StatisticsReply, "series">) {
  const [id, setId] = useUrlState("measure", "rate");
  const measure = measures.find((one) => one.id === id) ?? measures[0];
  const series = useMemo(() => trafficSeries(minutes, measure), [minutes, measure]);
  return (
    <Card
      title="Traffic by minute"
      description={`Each variant: ${measure.unit}.`}
      actions={
        <SegmentedControl
          label="Measure"
          selectedId={measure.id}
          options={measures.map(({ id: one, text }) => ({ id: one, text }))}
          onChange={({ detail }) => setId(detail.selectedId)}
        />
      }
    >
      {series.every(({ x }) => x.length === 0) ? (
        <Box color="text-body-secondary">No request in this period.</Box>
      ) : (
        <SpaceBetween size="xs">
          <VariantLines label={`${measure.text} of each variant: ${measure.unit}`} series={series} height={280} />
          <ExpandableSection headerText="Table">
            <PointsTable name="traffic-points" series={series} xLabel="Minute" xKind="time" />
          </ExpandableSection>
        </SpaceBetween>
      )}
    </Card>
  );
}
