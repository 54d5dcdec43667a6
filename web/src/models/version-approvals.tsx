import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import type { Approval } from "./wire.ts";

/** Who let a version through or not, and why; each request's page shows what it rested on. */
export function VersionApprovals({ approvals }: { readonly approvals: readonly Approval[] | undefined }) {
  return (
    <DataTable
      name="approvals"
      title="Approvals"
      description="Each request's page has its evidence beside the champion."
      filtering={false}
      items={approvals}
      rowKey={({ execution }) => execution}
      empty="Nobody was asked: its execution approved by itself, or it was registered by hand."
      actions={<GoTo href="/pipelines?tab=approvals">All requests</GoTo>}
      columns={[
        {
          id: "request",
          header: "Request",
          cell: ({ execution }) => <GoTo href={address(["pipelines", "approvals", execution])}>{execution}</GoTo>,
          sortBy: ({ execution }) => execution,
          isName: true,
        },
        { id: "status", header: "Decision", cell: ({ status }) => <State of={status} />, sortBy: ({ status }) => status },
        { id: "by", header: "Decided by", cell: ({ decidedBy }) => <span className="name">{decidedBy ?? "-"}</span>, sortBy: ({ decidedBy }) => decidedBy },
        { id: "reason", header: "Reason", cell: ({ reason }) => <span className="name">{reason ?? "-"}</span>, sortBy: ({ reason }) => reason },
        { id: "asked", header: "Asked", cell: ({ requestedAt }) => <Moment at={requestedAt} />, sortBy: ({ requestedAt }) => requestedAt },
        { id: "decided", header: "Decided", cell: ({ decidedAt }) => <Moment at={decidedAt} />, sortBy: ({ decidedAt }) => decidedAt },
      ]}
    />
  );
}
