import type * as z from "zod";
import type { Monitor } from "#contracts/platform/monitors.ts";
import { address } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";

/** Monitors whose alarm is raised. */
export function AlarmList({ monitors }: { readonly monitors: readonly z.input<typeof Monitor>[] }) {
  return (
    <DataTable
      name="alarms"
      title="Drift alarms"
      filtering={false}
      items={monitors}
      rowKey={({ name }) => name}
      empty="None."
      columns={[
        { id: "name", header: "Monitor", cell: ({ name }) => <GoTo href={address(["drift", name])}>{name}</GoTo>, isName: true },
        { id: "endpoint", header: "Endpoint", cell: ({ endpoint }) => <GoTo href={address(["endpoints", endpoint])}>{endpoint}</GoTo> },
        { id: "severity", header: "Severity", cell: ({ status }) => <State of={status.lastSeverity ?? status.state} /> },
        { id: "raised", header: "Raised", cell: ({ status }) => <Moment at={status.raisedAt} /> },
      ]}
    />
  );
}
