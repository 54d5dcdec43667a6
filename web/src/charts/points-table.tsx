import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useState } from "react";
import { DataTable } from "../parts/data-table.tsx";
import { useDates } from "../parts/dates.ts";
import { number } from "../parts/format.ts";
import type { Series, XKind } from "./series.ts";
import { xText } from "./x-text.ts";

interface PointsTableProps {
  /** Names the table's state in the page's address. */
  readonly name: string;
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly xKind: XKind;
}

/** What a chart draws, as a table: its twin for who does not see it. It is made when it is opened. */
export function PointsTable(props: PointsTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection headerText="Table" expanded={open} onChange={({ detail }) => setOpen(detail.expanded)}>
      {open && <Points {...props} />}
    </ExpandableSection>
  );
}

const written = (value: number | undefined) => (
  <span title={String(value ?? "")}>{value === undefined || Number.isFinite(value) ? number(value) : String(value)}</span>
);

interface Row {
  readonly id: string;
  readonly label: string;
  readonly at: number;
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly count: number | undefined;
}

const rowsOf = (series: readonly Series[]): readonly Row[] =>
  series.flatMap(({ id, label, x, y, band, isGhost }) =>
    x.map((at, index) => ({
      id: `${id} ${index}`,
      label: isGhost ? `${label} (raw)` : label,
      at,
      value: y[index] ?? Number.NaN,
      low: band?.low[index],
      high: band?.high[index],
      count: band?.count[index],
    })),
  );

function Points({ name, series, xLabel, xKind }: PointsTableProps) {
  const text = xText(xKind, useDates());
  const rows = rowsOf(series);
  const isJoined = series.some(({ band }) => band);
  const column = (id: "value" | "low" | "high" | "count", header: string) => ({
    id,
    header,
    cell: (row: Row) => written(row[id]),
    sortBy: (row: Row) => row[id],
  });
  return (
    <DataTable
      name={name}
      title="Points"
      filtering={false}
      items={rows}
      rowKey={({ id }) => id}
      empty="No point."
      columns={[
        { id: "x", header: xLabel, cell: ({ at }) => text(at), sortBy: ({ at }) => at, isName: true },
        { id: "line", header: "Line", cell: ({ label }) => <span className="name">{label}</span>, sortBy: ({ label }) => label },
        column("value", isJoined ? "Mean" : "Value"),
        ...(isJoined ? [column("low", "Lowest"), column("high", "Highest"), column("count", "Runs")] : []),
      ]}
    />
  );
}
