import { DataTable } from "../parts/data-table.tsx";
import { number, percent } from "../parts/format.ts";
import { State } from "../parts/state.tsx";
import { HistogramPair } from "./histogram-pair.tsx";
import { severityRank } from "./severity-order.ts";
import type { ColumnReply } from "./wire.ts";

/** Every column of the reference beside the window, the worst first. */
export function ColumnsTable({ columns }: { readonly columns: readonly ColumnReply[] }) {
  return (
    <DataTable
      name="columns"
      title="Columns"
      items={columns}
      rowKey={({ name }) => name}
      empty="The reference has no columns."
      columns={[
        { id: "name", header: "Column", cell: ({ name }) => <span className="name">{name}</span>, sortBy: ({ name }) => name, isName: true },
        { id: "status", header: "State", cell: ({ status, reason }) => <span title={reason}>{status}</span>, sortBy: ({ status }) => status },
        { id: "severity", header: "Severity", cell: ({ severity }) => <State of={severity} />, sortBy: ({ severity }) => severityRank(severity) },
        {
          id: "distribution",
          header: "Reference and now",
          cell: ({ name, histogram }) => (histogram ? <HistogramPair name={name} histogram={histogram} /> : "-"),
        },
        { id: "distance", header: "Distance", cell: ({ test }) => number(test?.distance), sortBy: ({ test }) => test?.distance },
        { id: "p", header: "Adjusted p", cell: ({ test }) => number(test?.adjustedP), sortBy: ({ test }) => test?.adjustedP },
        { id: "mean", header: "Mean", cell: ({ summary }) => (summary ? `${number(summary.referenceMean)} to ${number(summary.currentMean)}` : "-") },
        {
          id: "missing",
          header: "Missing",
          cell: ({ current }) => (current ? percent(current.missingShare) : "-"),
          sortBy: ({ current }) => current?.missingShare,
        },
      ]}
    />
  );
}
