import SpaceBetween from "@cloudscape-design/components/space-between";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { JsonBlock } from "../parts/json-block.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useChange, useRead } from "../queries.ts";
import { ExecutionFacts } from "./execution-facts.tsx";
import { StepsTable } from "./steps-table.tsx";

/** One execution: how it stands, its steps while they run, and what was asked of it. */
export function ExecutionPage() {
  const [, , name = ""] = useSegments();
  const path = address(["capstan", "v1", "executions", name]);
  const query = useRead<ReplyOf<typeof pipelineContract, "getExecution">>(path, { every: 2000 });
  const change = useChange();
  const isRunning = query.data?.execution.status === "running";
  return (
    <Page
      title={name}
      actions={
        <ReasonDialog
          action="Stop"
          question="The execution ends at once. A rollout that it started is rolled back."
          confirm={(reason) => change.mutate({ path: `${path}/stop`, body: { reason }, done: `${name} is stopped.` })}
          disabled={!isRunning || change.isPending}
        />
      }
    >
      <Loaded query={query}>
        {({ execution, request, steps }) => (
          <SpaceBetween size="l">
            <ExecutionFacts execution={execution} request={request} isWaiting={steps.some(({ status }) => status === "waiting")} />
            <StepsTable steps={steps} />
            <Card title="Request">
              <JsonBlock label="Request" value={request} />
            </Card>
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
