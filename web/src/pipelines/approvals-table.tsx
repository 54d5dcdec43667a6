import Select from "@cloudscape-design/components/select";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";

const statuses = ["pending", "approved", "rejected", "expired"] as const;
const options = [{ label: "All", value: "" }, ...statuses.map((status) => ({ label: status, value: status }))];

/** The latest 200 approval requests, the newest first. */
export function ApprovalsTable() {
  const [decision, setDecision] = useUrlState("decision");
  const path = address(["capstan", "v1", "approvals"], { status: decision, limit: 200 });
  const query = useRead<ReplyOf<typeof pipelineContract, "listApprovals">>(path);
  const { data } = query;
  return (
    <DataTable
      name="approvals"
      title="Approvals"
      items={data?.approvals}
      query={query}
      rowKey={({ execution }) => execution}
      empty={decision === "" ? "No execution has asked for approval: they do when their request says approval.mode manual." : `None is ${decision}.`}
      actions={
        <Select
          ariaLabel="Decision"
          selectedOption={options.find(({ value }) => value === decision) ?? null}
          options={options}
          onChange={({ detail }) => setDecision(detail.selectedOption.value ?? "")}
        />
      }
      columns={[
        {
          id: "model",
          header: "Model version",
          cell: (it) => (
            <GoTo href={address(["pipelines", "approvals", it.execution])}>
              {it.registeredModel} version {it.modelVersion}
            </GoTo>
          ),
          sortBy: (it) => `${it.registeredModel} ${it.modelVersion}`,
          isName: true,
        },
        { id: "execution", header: "Execution", cell: ({ execution }) => <GoTo href={address(["pipelines", "executions", execution])}>{execution}</GoTo> },
        { id: "status", header: "Decision", cell: ({ status }) => <State of={status} />, sortBy: ({ status }) => status },
        { id: "asked", header: "Asked", cell: ({ requestedAt }) => <Moment at={requestedAt} />, sortBy: ({ requestedAt }) => requestedAt },
        { id: "by", header: "Decided by", cell: ({ decidedBy }) => decidedBy ?? "-", sortBy: ({ decidedBy }) => decidedBy },
        { id: "reason", header: "Reason", cell: ({ reason }) => <span className="name">{reason ?? "-"}</span>, sortBy: ({ reason }) => reason },
      ]}
    />
  );
}
