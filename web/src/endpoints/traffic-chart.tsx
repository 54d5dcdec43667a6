import { useMemo } from "react";
import { Card } from "../parts/card.tsx";
import { Chart } from "../parts/chart.tsx";
import type { StatisticsReply } from "./wire.ts";

/** Requests of each variant minute by minute. The table of variants above holds the totals. */
export function TrafficChart({ series }: Pick<StatisticsReply, "series">) {
  const { x, lines } = useMemo(() => {
    const names = [...new Set(series.flatMap(({ variants }) => variants.map(({ variant }) => variant)))].toSorted();
    const requests = (name: string) => series.map(({ variants }) => variants.find(({ variant }) => variant === name)?.requests ?? 0);
    return { x: series.map(({ minute }) => minute / 1000), lines: names.map((name) => ({ label: name, values: requests(name) })) };
  }, [series]);
  if (series.length < 2) return null;
  return (
    <Card title="Requests per minute">
      <Chart label="Requests per minute of each variant" x={x} xLabel="Time" isTime lines={lines} />
    </Card>
  );
}
