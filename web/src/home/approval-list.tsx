import type { ApprovalRequest } from "#contracts/platform/pipelines.ts";
import { address } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";

/** Model versions that wait for somebody's word. */
export function ApprovalList({ approvals }: { readonly approvals: readonly ApprovalRequest[] }) {
  return (
    <DataTable
      name="waiting"
      title="Waits for you"
      filtering={false}
      items={approvals}
      rowKey={({ execution }) => execution}
      empty="Nothing waits."
      columns={[
        {
          id: "model",
          header: "Model version",
          cell: ({ registeredModel, modelVersion, execution }) => (
            <GoTo href={address(["pipelines", "approvals", execution])}>
              {registeredModel} version {modelVersion}
            </GoTo>
          ),
          isName: true,
        },
        { id: "execution", header: "Execution", cell: ({ execution }) => <GoTo href={address(["pipelines", "executions", execution])}>{execution}</GoTo> },
        { id: "asked", header: "Asked", cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
        { id: "expires", header: "Expires", cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
      ]}
    />
  );
}
