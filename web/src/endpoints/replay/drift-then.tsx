import { address } from "../../address.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { useDates } from "../../parts/dates.ts";
import { number } from "../../parts/format.ts";
import { GoTo } from "../../parts/go-to.tsx";
import { State } from "../../parts/state.tsx";
import { reportedAt } from "./history.ts";
import type { MonitorThen } from "./then.ts";

/** What each monitor of the endpoint had last reported by an instant, and where its alarm stood. */
export function DriftThen({ monitors }: { readonly monitors: readonly MonitorThen[] }) {
  const dates = useDates();
  return (
    <DataTable
      name="drift-then"
      title="Drift"
      filtering={false}
      items={monitors}
      rowKey={({ name }) => name}
      empty="No monitor had reported by then."
      columns={[
        { id: "monitor", header: "Monitor", cell: ({ name }) => <GoTo href={address(["drift", name])}>{name}</GoTo>, isName: true },
        { id: "alarm", header: "Alarm", cell: ({ report }) => (report.alarm ? <State of={report.alarm} /> : "-") },
        {
          id: "severity",
          header: "Last report",
          cell: ({ report }) => <State of={report.status === "judged" ? report.severity : report.status} />,
        },
        { id: "score", header: "Score", cell: ({ report }) => number(report.score) },
        {
          id: "at",
          header: "Made",
          cell: ({ name, report }) => <GoTo href={address(["drift", name, "reports", report.id])}>{dates.full(reportedAt(report))}</GoTo>,
        },
      ]}
    />
  );
}
