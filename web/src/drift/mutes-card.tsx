import Button from "@cloudscape-design/components/button";
import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { useDates } from "../parts/dates.ts";
import { Moment } from "../parts/moment.tsx";
import { useChange, useRead } from "../queries.ts";
import { MuteDialog } from "./mute-dialog.tsx";
import type { MonitorReply, ReportReply } from "./wire.ts";

/** What of a monitor is muted: until when, by whom and why; and the ways to mute and to let count again. */
export function MutesCard({ monitor }: { readonly monitor: MonitorReply }) {
  const { name, mutes, status } = monitor;
  const path = ["capstan", "v1", "monitors", name];
  const hasReport = status.lastReportId !== null;
  const report = useRead<ReportReply>(address([...path, "reports", status.lastReportId ?? ""]), { every: false, enabled: hasReport });
  const change = useChange();
  const dates = useDates();
  const reported = (report.data?.columns ?? []).map((column) => column.name);
  const columns = [...new Set([...reported, ...(monitor.features ?? []).map((feature) => feature.name)])].toSorted();
  const unmute = (column: string | null) =>
    change.mutate({
      method: "DELETE",
      path: address([...path, "mutes"], column === null ? {} : { column }),
      done: `${column ?? name} counts for the alarm again.`,
    });
  return (
    <DataTable
      name="mutes"
      title="Muted"
      filtering={false}
      items={mutes}
      rowKey={({ column }) => column ?? ""}
      empty="Nothing is muted: every finding counts for the alarm."
      actions={<MuteDialog monitor={name} columns={columns} />}
      columns={[
        { id: "what", header: "What", cell: ({ column }) => <span className="named">{column ?? "the whole monitor"}</span>, isName: true },
        { id: "until", header: "Until", cell: ({ until }) => dates.full(until), sortBy: ({ until }) => until },
        { id: "by", header: "By", cell: ({ by }) => <span className="named">{by}</span> },
        { id: "at", header: "Since", cell: ({ at }) => <Moment at={at} />, sortBy: ({ at }) => at },
        { id: "reason", header: "Reason", cell: ({ reason }) => <span className="name">{reason}</span> },
        {
          id: "unmute",
          header: "Count again",
          cell: ({ column }) => (
            <Button variant="inline-link" ariaLabel={`Unmute ${column ?? "the whole monitor"}`} onClick={() => unmute(column)}>
              Unmute
            </Button>
          ),
        },
      ]}
    />
  );
}
