import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { Work } from "./use-work.ts";

interface FigureProps {
  readonly label: string;
  readonly count: number | undefined;
  /** There are more than were counted. */
  readonly isMore?: boolean;
  readonly look: StatusIndicatorProps.Type;
}

/** How many there are of something; the mark shows only where there are any. */
function Figure({ label, count, isMore = false, look }: FigureProps) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      <span className="figure">
        {count ?? "-"}
        {isMore && "+"}
      </span>{" "}
      {count !== undefined && count > 0 && <StatusIndicator type={look} iconAriaLabel={label} />}
    </div>
  );
}

/** The answer to "what runs, what failed, what waits for me", in four numbers. */
export function Figures({ work }: { readonly work: Work }) {
  const { running, waiting, newFailures, hasMoreFailures, runsFailed, runsUnderWay, alarms } = work;
  return (
    <Container>
      <ColumnLayout columns={4} variant="text-grid" minColumnWidth={100}>
        <Figure
          label="Running"
          count={running.data && runsUnderWay && running.data.executions.length + runsUnderWay.total}
          isMore={running.data?.nextPageToken !== undefined}
          look="in-progress"
        />
        <Figure label="Approvals" count={waiting.data?.approvals.length} isMore={waiting.data?.nextPageToken !== undefined} look="warning" />
        <Figure label="New failures" count={newFailures && runsFailed && newFailures.length + runsFailed.total} isMore={hasMoreFailures} look="error" />
        <Figure label="Drift alarms" count={alarms?.length} look="error" />
      </ColumnLayout>
    </Container>
  );
}
