import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import type { StepLogs } from "#contracts/platform/step-logs.ts";
import { useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { ErrorCard } from "../../parts/error-card.tsx";
import { number } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { filtered, lineText } from "./filtered.ts";
import { LogList } from "./log-list.tsx";
import { useStepLines } from "./use-step-lines.ts";

interface StepLogProps {
  readonly execution: string;
  /** Among the execution's steps, from 0. */
  readonly position: number;
  readonly step: ExecutionStep;
}

/** Services bring a step's last lines some seconds after its end. */
const settlingMilliseconds = 20_000;

const nothing = (source: StepLogs["source"], isRunning: boolean): string => {
  if (source === "none") return "This state runs no code of its own: another state machine works for it, and has its own page.";
  return isRunning ? "Nothing is written yet: lines appear here as they come." : "No lines are kept of this step.";
};

/** What a step has written, as it comes. */
export function StepLog({ execution, position, step }: StepLogProps) {
  const isRunning = step.endedAt === undefined;
  const { query, lines, hasEarlier, isReading, error, readEarlier } = useStepLines(
    execution,
    position,
    isRunning || Date.now() - (step.endedAt ?? 0) < settlingMilliseconds,
  );
  const [filter, setFilter] = useUrlState("log");
  const [follow, setFollow] = useState(isRunning);
  const shown = filtered(lines, filter);
  const errors = lines.filter(({ level }) => level === "error").length;
  const count = shown.length === lines.length ? number(lines.length) : `${number(shown.length)} of ${number(lines.length)}`;
  return (
    <Card title={`Log of ${step.name}`} counter={lines.length === 0 ? "" : `(${count})`}>
      <Loaded query={query}>
        {({ source }) =>
          lines.length === 0 ? (
            <Box color="text-body-secondary">{nothing(source, isRunning)}</Box>
          ) : (
            <>
              <div className="log-bar">
                <div className="log-filter">
                  <Input
                    type="search"
                    ariaLabel="Filter lines"
                    placeholder="Filter lines"
                    value={filter}
                    onChange={({ detail }) => setFilter(detail.value)}
                    clearAriaLabel="Show all lines"
                  />
                </div>
                {isRunning && (
                  <Toggle checked={follow} onChange={({ detail }) => setFollow(detail.checked)}>
                    Follow
                  </Toggle>
                )}
                {hasEarlier && (
                  <Button loading={isReading} onClick={() => void readEarlier()}>
                    Earlier lines
                  </Button>
                )}
                <CopyToClipboard
                  copyButtonText="Copy"
                  copyButtonAriaLabel="Copy the lines that are shown"
                  textToCopy={shown.map(lineText).join("\n")}
                  copySuccessText="Copied"
                  copyErrorText="The browser refused to copy"
                />
              </div>
              {error && <ErrorCard error={error} retry={() => void readEarlier()} />}
              {shown.length === 0 ? (
                <Box color="text-body-secondary">No line that was read so far holds “{filter}”.</Box>
              ) : (
                <LogList lines={shown} follow={follow && isRunning} />
              )}
              <LiveRegion hidden>{errors > 0 ? `${errors} lines of ${step.name} name an error.` : ""}</LiveRegion>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
