import Box from "@cloudscape-design/components/box";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { asDate } from "../parts/dates.ts";
import { Empty } from "../parts/empty.tsx";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { listPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import { LastSeverity } from "./last-severity.tsx";
import { MonitorForm } from "./monitor-form.tsx";
import type { MonitorsReply } from "./wire.ts";

/** Every drift monitor and where its alarm stands. */
export function DriftPage() {
  const query = useRead<MonitorsReply>("/capstan/v1/monitors");
  const { data } = query;
  return (
    <Page title="Drift" description="What endpoints are asked now, compared with what their models learnt from.">
      <DataTable
        name="monitors"
        title="Monitors"
        items={data?.monitors}
        actions={<MonitorForm action="Create monitor" title="Create monitor" definition={{}} done={({ name }) => navigate(address(["drift", name]))} />}
        query={query}
        rowKey={({ name }) => name}
        empty={<Empty text="No monitor yet. The demo sets one up and lets it alarm:" command="npm run demo" />}
        python={listPython("/capstan/v1/monitors", "monitors")}
        columns={[
          { id: "name", header: "Monitor", cell: ({ name }) => <GoTo href={address(["drift", name])}>{name}</GoTo>, sortBy: ({ name }) => name, isName: true },
          {
            id: "state",
            header: "Alarm",
            cell: ({ status, mutes }) => (
              <>
                <State of={status.state} />
                {mutes.length > 0 && (
                  <Box color="text-body-secondary" fontSize="body-s">
                    {mutes.some(({ column }) => column === null) ? "muted" : `${mutes.length} muted`}
                  </Box>
                )}
              </>
            ),
            sortBy: ({ status }) => status.state,
          },
          {
            id: "endpoint",
            header: "Endpoint",
            cell: ({ endpoint }) => <GoTo href={address(["endpoints", endpoint])}>{endpoint}</GoTo>,
            sortBy: ({ endpoint }) => endpoint,
          },
          {
            id: "severity",
            header: "Last window showed",
            cell: ({ status }) => <LastSeverity status={status} />,
            sortBy: ({ status }) => status.lastSeverity ?? undefined,
          },
          {
            id: "score",
            header: "Last score",
            cell: ({ status }) => number(status.lastScore ?? undefined),
            sortBy: ({ status }) => status.lastScore ?? undefined,
          },
          {
            id: "window",
            header: "Last window until",
            cell: ({ status }) => <Moment at={status.lastWindowTo} />,
            sortBy: ({ status }) => (status.lastWindowTo ? asDate(status.lastWindowTo).getTime() : undefined),
            isTime: true,
          },
          {
            id: "schedule",
            header: "Schedule",
            cell: ({ schedule, enabled }) => (enabled ? schedule : `${schedule} (off)`),
            sortBy: ({ schedule }) => schedule,
          },
        ]}
      />
    </Page>
  );
}
