import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

interface FigureProps {
  readonly label: string;
  readonly count: number | undefined;
  /** There are more than were counted. @default false */
  readonly isMore?: boolean;
  readonly look: StatusIndicatorProps.Type;
}

/** How many there are of something; the mark shows only where there are any. */
export function Figure({ label, count, isMore = false, look }: FigureProps) {
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
