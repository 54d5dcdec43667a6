import { useQueries } from "@tanstack/react-query";
import { address } from "../address.ts";
import { read } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { State } from "../parts/state.tsx";
import { severityRank } from "./severity-order.ts";
import type { ReportReply, ReportsReply } from "./wire.ts";
import "./distribution.css";

/** Reports that are read for it, one request each. */
const mostReports = 12;
const bar = { width: 10, gap: 2, height: 28 } as const;

interface SeverityHistoryProps {
  readonly monitor: string;
  readonly reports: ReportsReply["reports"];
}

/** How severe each column was in the last windows, the oldest left; the worst columns first. */
export function SeverityHistory({ monitor, reports }: SeverityHistoryProps) {
  const last = reports
    .filter(({ status }) => status === "judged")
    .slice(0, mostReports)
    .toReversed();
  const found = useQueries({
    queries: last.map(({ id, createdAt }) => {
      const path = address(["capstan", "v1", "monitors", monitor, "reports", id]);
      return {
        queryKey: [path, createdAt],
        queryFn: ({ signal }: { signal: AbortSignal }) => read<ReportReply>(path, signal),
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
  });
  const judged = found.flatMap(({ data }) => (data ? [data] : []));
  const names = [...new Set(judged.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const rows = names
    .map((name) => ({ name, severities: judged.map(({ columns }) => columns.find((column) => column.name === name)?.severity ?? "none") }))
    .toSorted((left, right) => worst(right.severities) - worst(left.severities));
  return (
    <DataTable
      name="history"
      title="Columns over the last windows"
      description={`The last ${last.length} windows that could be judged, the oldest left.`}
      filtering={rows.length > 10}
      items={found.some(({ isPending }) => isPending) ? undefined : rows}
      rowKey={({ name }) => name}
      empty="No window has been judged yet."
      columns={[
        { id: "name", header: "Column", cell: ({ name }) => <span className="named">{name}</span>, sortBy: ({ name }) => name, isName: true },
        { id: "strip", header: "Severity by window", cell: ({ name, severities }) => <Strip name={name} severities={severities} /> },
        {
          id: "now",
          header: "Last",
          cell: ({ severities }) => <State of={severities.at(-1) ?? "none"} />,
          sortBy: ({ severities }) => severityRank(severities.at(-1) ?? "none"),
        },
        {
          id: "times",
          header: "Windows with a finding",
          cell: ({ severities }) => `${severities.filter((it) => it !== "none").length} of ${severities.length}`,
          sortBy: ({ severities }) => severities.filter((it) => it !== "none").length,
        },
        {
          id: "open",
          header: "Last report",
          cell: ({ name }) =>
            last.length === 0 ? "-" : <GoTo href={address(["drift", monitor, "reports", last.at(-1)?.id ?? ""], { column: name })}>Distribution</GoTo>,
        },
      ]}
    />
  );
}

const worst = (severities: readonly string[]) => severities.reduce((sum, severity) => sum + severityRank(severity), 0);

function Strip({ name, severities }: { readonly name: string; readonly severities: readonly string[] }) {
  const width = severities.length * (bar.width + bar.gap);
  return (
    <svg className="severity-strip" width={width} height={bar.height} role="img" aria-label={`${name}: ${severities.join(", ")}`}>
      {severities.map((severity, index) => {
        const height = 4 + severityRank(severity) * 8;
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
        return <rect key={index} className={`is-${severity}`} x={index * (bar.width + bar.gap)} y={bar.height - height} width={bar.width} height={height} />;
      })}
    </svg>
  );
}
