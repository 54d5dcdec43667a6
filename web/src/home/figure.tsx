import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

/** How many there are of something; the mark shows only where there are any. */
export function Figure({ label, count, look }: { readonly label: string; readonly count: number | undefined; readonly look: StatusIndicatorProps.Type }) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      <span className="figure">{count ?? "-"}</span> {count !== undefined && count > 0 && <StatusIndicator type={look} iconAriaLabel={label} />}
    </div>
  );
}
