import SpaceBetween from "@cloudscape-design/components/space-between";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { State } from "../parts/state.tsx";
import { useChange, useRead } from "../queries.ts";
import { Evidence } from "./evidence.tsx";

/** One approval request: what it rests on, and the two answers. */
export function ApprovalPage() {
  const [, , execution = ""] = useSegments();
  const query = useRead<ReplyOf<typeof pipelineContract, "getApproval">>(address(["capstan", "v1", "approvals", execution]), { every: 3000 });
  const change = useChange();
  const decide = (word: "approve" | "reject", done: string) => (reason: string) =>
    change.mutate({ path: address(["capstan", "v1", "approvals", execution, word]), body: { reason }, done });
  const approval = query.data?.approval;
  const closed = approval?.status !== "pending" || change.isPending;
  const version = approval ? `${approval.registeredModel} version ${approval.modelVersion}` : execution;
  return (
    <Page
      title={`Approval of ${version}`}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ReasonDialog
            action="Reject"
            question={`${version} will not be served. The execution ends and the champion stays.`}
            confirm={decide("reject", `${version} is rejected.`)}
            disabled={closed}
          />
          <ReasonDialog
            action="Approve"
            question={`${version} goes on to its rollout.`}
            confirm={decide("approve", `${version} is approved.`)}
            disabled={closed}
            primary
          />
        </SpaceBetween>
      }
    >
      <Loaded query={query}>
        {({ approval: it }) => (
          <SpaceBetween size="l">
            <Card title="Request">
              <Facts
                facts={[
                  ["Decision", <State key="state" of={it.status} />],
                  [
                    "Model",
                    <GoTo key="model" href={address(["models", it.registeredModel])}>
                      {it.registeredModel}
                    </GoTo>,
                  ],
                  [
                    "Execution",
                    <GoTo key="execution" href={address(["pipelines", "executions", it.execution])}>
                      {it.execution}
                    </GoTo>,
                  ],
                  ["Asked", <Moment key="asked" at={it.requestedAt} />],
                  ["Expires", it.status === "pending" ? <Moment key="expires" at={it.expiresAt} /> : undefined],
                  ["Decided", it.decidedAt === undefined ? undefined : <Moment key="decided" at={it.decidedAt} />],
                  ["Decided by", it.decidedBy],
                  ["Reason", it.reason],
                ]}
              />
            </Card>
            <Evidence evidence={it.evidence} />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
