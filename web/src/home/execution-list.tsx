import type { Execution } from "#contracts/platform/pipelines.ts";
import { address } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";

interface ExecutionListProps {
  readonly name: string;
  readonly title: string;
  readonly executions: readonly Execution[];
}

/** Some executions, in short. */
export function ExecutionList({ name, title, executions }: ExecutionListProps) {
  return (
    <DataTable
      name={name}
      title={title}
      filtering={false}
      items={executions}
      rowKey={(execution) => execution.name}
      empty="None."
      columns={[
        { id: "name", header: "Execution", cell: (it) => <GoTo href={address(["pipelines", "executions", it.name])}>{it.name}</GoTo>, isName: true },
        { id: "status", header: "State", cell: ({ status }) => <State of={status} /> },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment at={startedAt} /> },
        { id: "outcome", header: "Outcome", cell: ({ outcome, reason }) => <span className="name">{outcome ?? reason}</span> },
      ]}
    />
  );
}
