import Select from "@cloudscape-design/components/select";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";

const statuses = ["running", "succeeded", "rejected", "failed", "stopped"] as const;
const options = [{ label: "All states", value: "" }, ...statuses.map((status) => ({ label: status, value: status }))];

/** The latest 200 executions, the newest first, of one state where one is chosen. */
export function ExecutionsTable() {
  const [status, setStatus] = useUrlState("status");
  const path = address(["capstan", "v1", "executions"], { status, limit: 200 });
  const query = useRead<ReplyOf<typeof pipelineContract, "listExecutions">>(path, { every: 3000 });
  const { data } = query;
  return (
    <DataTable
      name="executions"
      title="Executions"
      items={data?.executions}
      query={query}
      rowKey={({ name }) => name}
      empty={status === "" ? <Empty text="No pipeline has run yet. The demo runs three:" command="npm run demo" /> : `None is ${status}.`}
      actions={
        <Select
          ariaLabel="State"
          selectedOption={options.find(({ value }) => value === status) ?? null}
          options={options}
          onChange={({ detail }) => setStatus(detail.selectedOption.value ?? "")}
        />
      }
      columns={[
        {
          id: "name",
          header: "Execution",
          cell: ({ name }) => <GoTo href={address(["pipelines", "executions", name])}>{name}</GoTo>,
          sortBy: ({ name }) => name,
          isName: true,
        },
        { id: "pipeline", header: "Pipeline", cell: ({ pipeline }) => pipeline, sortBy: ({ pipeline }) => pipeline },
        { id: "status", header: "State", cell: (it) => <State of={it.status} />, sortBy: (it) => it.status },
        {
          id: "version",
          header: "Model version",
          cell: ({ modelVersion }) => modelVersion ?? "-",
          sortBy: ({ modelVersion }) => modelVersion,
        },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment at={startedAt} />, sortBy: ({ startedAt }) => startedAt },
        {
          id: "took",
          header: "Took",
          cell: ({ startedAt, endedAt }) => duration((endedAt ?? Date.now()) - startedAt),
          sortBy: ({ startedAt, endedAt }) => (endedAt ?? Date.now()) - startedAt,
        },
        { id: "trigger", header: "Trigger", cell: ({ trigger, startedBy }) => `${trigger} (${startedBy})`, sortBy: ({ trigger }) => trigger },
        { id: "outcome", header: "Outcome", cell: ({ outcome }) => <span className="name">{outcome ?? "-"}</span>, sortBy: ({ outcome }) => outcome },
      ]}
    />
  );
}
