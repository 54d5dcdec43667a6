import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import type { ReportsReply } from "./wire.ts";

/** The reports of a monitor, the newest first. */
export function ReportsTable({ monitor }: { readonly monitor: string }) {
  const query = useRead<ReportsReply>(address(["capstan", "v1", "monitors", monitor, "reports"], { limit: 200 }));
  const { data } = query;
  return (
    <DataTable
      name="reports"
      title="Reports"
      items={data?.reports}
      query={query}
      rowKey={({ id }) => id}
      empty="No window has been judged yet."
      columns={[
        {
          id: "id",
          header: "Report",
          cell: ({ id }) => <GoTo href={address(["drift", monitor, "reports", id])}>{id}</GoTo>,
          sortBy: ({ id }) => id,
          isName: true,
        },
        { id: "window", header: "Window ended", cell: ({ window: { to } }) => <Moment at={to} />, sortBy: ({ window: { to } }) => to, isTime: true },
        { id: "status", header: "Judged", cell: ({ status }) => <State of={status} />, sortBy: ({ status }) => status },
        {
          id: "severity",
          header: "Severity",
          cell: ({ severity, status }) => (status === "judged" ? <State of={severity} /> : "-"),
          sortBy: ({ severity }) => severity,
        },
        { id: "score", header: "Score", cell: ({ score }) => number(score), sortBy: ({ score }) => score },
        { id: "drifted", header: "Columns drifted", cell: ({ drifted, tested }) => `${drifted} of ${tested}`, sortBy: ({ drifted }) => drifted },
        { id: "rows", header: "Rows", cell: ({ rows }) => number(rows), sortBy: ({ rows }) => rows },
      ]}
    />
  );
}
