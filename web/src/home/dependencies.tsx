import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { statusContract } from "#contracts/platform/status.ts";
import type { ReplyOf } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";

type Dependency = ReplyOf<typeof statusContract, "getStatus">["dependencies"][number];

/** What the platform stands on, each with whether it answers and how fast. */
export function Dependencies({ dependencies }: { readonly dependencies: readonly Dependency[] }) {
  return (
    <DataTable
      name="health"
      title="Health"
      filtering={false}
      items={dependencies}
      rowKey={({ name }) => name}
      empty="Nothing is checked."
      columns={[
        { id: "name", header: "What", cell: ({ name }) => name, isName: true },
        {
          id: "state",
          header: "State",
          cell: ({ ok, detail }) => <StatusIndicator type={ok ? "success" : "error"}>{ok ? "answers" : `fails: ${detail}`}</StatusIndicator>,
        },
        { id: "time", header: "Answered in", cell: ({ milliseconds }) => <span className="number">{milliseconds} ms</span> },
      ]}
    />
  );
}
