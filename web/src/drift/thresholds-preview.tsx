import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation } from "@tanstack/react-query";
import { address } from "../address.ts";
import { send } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { useDates } from "../parts/dates.ts";
import { ErrorCard } from "../parts/error-card.tsx";
import { number } from "../parts/format.ts";
import { State } from "../parts/state.tsx";
import { severityRank } from "./severity-order.ts";
import type { PreviewReply } from "./wire.ts";

interface ThresholdsPreviewProps {
  readonly monitor: string;
  /** The form's document. */
  readonly definition: Readonly<Record<string, unknown>>;
}
const limit = 20;

/** What the last reports would have said under the thresholds and the alarm of the form, before they are saved. */
export function ThresholdsPreview({ monitor, definition }: ThresholdsPreviewProps) {
  const dates = useDates();
  const preview = useMutation({
    mutationFn: () => {
      const { thresholds, alarm } = definition;
      return send<PreviewReply>("POST", address(["capstan", "v1", "monitor-previews", monitor]), { thresholds, alarm, limit });
    },
  });
  const reports = preview.data?.reports;
  const isExact = reports?.every((report) => report.isExact) ?? true;
  return (
    <Card
      title="Under these thresholds"
      description={`What the last ${limit} reports on captured requests would have said, and where the alarm would have stood.`}
      actions={
        <Button formAction="none" loading={preview.isPending} onClick={() => preview.mutate()}>
          Preview
        </Button>
      }
    >
      {preview.error && <ErrorCard error={preview.error} retry={() => preview.mutate()} />}
      {!isExact && (
        <StatusIndicator type="warning">
          Not exact: a report does not keep what lay below its own notice thresholds, nor tests at another significance or number of rows.
        </StatusIndicator>
      )}
      {reports && (
        <DataTable
          name="preview"
          title="Reports"
          filtering={false}
          items={reports}
          rowKey={({ id }) => id}
          empty="No window has been judged yet."
          columns={[
            { id: "window", header: "Window ended", cell: ({ window }) => dates.full(window.to), sortBy: ({ window }) => window.to, isName: true },
            { id: "before", header: "Said", cell: ({ before }) => <State of={before.severity} />, sortBy: ({ before }) => severityRank(before.severity) },
            { id: "score", header: "Score", cell: ({ before }) => number(before.score), sortBy: ({ before }) => before.score },
            {
              id: "after",
              header: "Would say",
              cell: ({ after, status }) => <State of={status === "judged" ? after.severity : status} />,
              sortBy: ({ after }) => severityRank(after.severity),
            },
            { id: "then", header: "Score then", cell: ({ after }) => number(after.score), sortBy: ({ after }) => after.score },
            { id: "drifted", header: "Columns drifted", cell: ({ before, after }) => `${before.drifted} to ${after.drifted}` },
            { id: "alarm", header: "Alarm then", cell: ({ alarm }) => <State of={alarm} /> },
          ]}
        />
      )}
    </Card>
  );
}
