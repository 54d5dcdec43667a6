import { useMemo } from "react";
import { LineChart } from "../charts/line-chart.tsx";

export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
}
interface ChartProps {
  readonly label: string;
  /** Ascending. Seconds since the epoch where `isTime`. */
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly isTime?: boolean;
  readonly lines: readonly Line[];
}

/** Lines that share every x; where one has no value its neighbours are joined. */
export function Chart({ label, x, xLabel, isTime = false, lines }: ChartProps) {
  const series = useMemo(
    () =>
      lines.map((line, colour) => {
        const known = x.flatMap((at, index) => {
          const value = line.values[index];
          return value === null || value === undefined ? [] : [{ at: isTime ? at * 1000 : at, value }];
        });
        return { id: line.label, label: line.label, colour, x: known.map(({ at }) => at), y: known.map(({ value }) => value) };
      }),
    [x, lines, isTime],
  );
  return <LineChart label={label} xLabel={xLabel} xKind={isTime ? "time" : "number"} series={series} />;
}
