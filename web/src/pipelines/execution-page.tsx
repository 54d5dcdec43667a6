import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { navigate } from "wouter/use-browser-location";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { JsonBlock } from "../parts/json-block.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useChange, useRead } from "../queries.ts";
import { ExecutionFacts } from "./execution-facts.tsx";
import { MachineCard } from "./graph/machine-card.tsx";
import { RetryButton } from "./retry-button.tsx";
import { StepDetails } from "./step-details.tsx";
import { StepsTable } from "./steps-table.tsx";
import { worked } from "./worked.ts";

/** One execution: how it stands, its machine and steps while they run, and what was asked of it. */
export function ExecutionPage() {
  const [, , name = ""] = useSegments();
  const path = address(["capstan", "v1", "executions", name]);
  const query = useRead<ReplyOf<typeof pipelineContract, "getExecution">>(path, { every: 2000 });
  const [step, setStep] = useUrlState("step");
  const details = useRef<HTMLDivElement>(null);
  const change = useChange();
  const isRunning = query.data?.execution.status === "running";
  const select = (chosen: string) => {
    setStep(chosen);
    requestAnimationFrame(() => details.current?.scrollIntoView({ block: "nearest" }));
  };
  return (
    <Page
      title={name}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          {query.data && (
            <RetryButton
              execution={query.data.execution}
              steps={query.data.steps}
              disabled={change.isPending}
              confirm={() => change.mutate({ path: `${path}/retry`, done: `${name} goes on.` })}
            />
          )}
          <Button onClick={() => navigate(address(["pipelines", "start"], { from: name }))}>Start again</Button>
          <ReasonDialog
            action="Stop"
            question="The execution ends at once. A rollout that it started is rolled back."
            confirm={(reason) => change.mutate({ path: `${path}/stop`, body: { reason }, done: `${name} is stopped.` })}
            disabled={!isRunning || change.isPending}
          />
        </SpaceBetween>
      }
    >
      <Loaded query={query}>
        {({ execution, request, steps }) => (
          <SpaceBetween size="l">
            <ExecutionFacts execution={execution} request={request} steps={steps} />
            <MachineCard
              execution={name}
              steps={worked(steps)}
              span={{ from: execution.startedAt, to: execution.endedAt ?? Date.now() }}
              selected={step}
              select={select}
            />
            <div ref={details}>{step !== "" && <StepDetails key={step} execution={name} steps={steps} name={step} />}</div>
            <StepsTable steps={worked(steps)} span={{ from: execution.startedAt, to: execution.endedAt ?? Date.now() }} select={select} />
            <Card title="Request">
              <JsonBlock label="Request" value={request} />
            </Card>
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
