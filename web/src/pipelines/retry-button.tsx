import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Execution, ExecutionStep } from "#contracts/platform/pipelines.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";

interface RetryButtonProps {
  readonly execution: Execution;
  readonly steps: readonly ExecutionStep[];
  readonly disabled: boolean;
  readonly confirm: () => void;
}

/** Whose work is the machine's own: they end an execution rather than do its work. */
const housekeeping = new Set(["Finish", "Reopen"]);

/** Lets a failed execution go on, after saying what is kept of it and what is run again. */
export function RetryButton({ execution: { retryFrom }, steps, disabled, confirm }: RetryButtonProps) {
  if (retryFrom === undefined) return null;
  const kept = [
    ...new Set(steps.filter(({ name, status }) => status === "succeeded" && name !== retryFrom && !housekeeping.has(name)).map(({ name }) => name)),
  ];
  return (
    <ConfirmDialog
      action={`Retry from ${retryFrom}`}
      disabled={disabled}
      confirm={confirm}
      question={
        <SpaceBetween size="s">
          <div>
            <Box variant="awsui-key-label">Kept</Box>
            {kept.length === 0 ? "The request and the run." : `The request, the run, and what these steps did: ${kept.join(", ")}.`}
          </div>
          <div>
            <Box variant="awsui-key-label">Run again</Box>
            {retryFrom}, and all that follows it. The execution waits while another one of its pipeline runs.
          </div>
        </SpaceBetween>
      }
    />
  );
}
