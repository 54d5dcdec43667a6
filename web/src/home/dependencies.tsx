import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { statusContract } from "#contracts/platform/status.ts";
import type { ReplyOf } from "../client.ts";

type Dependency = ReplyOf<typeof statusContract, "getStatus">["dependencies"][number];

/** What the platform stands on, each with whether it answers and how fast. */
export function Dependencies({ dependencies }: { readonly dependencies: readonly Dependency[] }) {
  return (
    <Table
      variant="embedded"
      items={dependencies}
      trackBy={({ name }) => name}
      ariaLabels={{ tableLabel: "Health" }}
      columnDefinitions={[
        { id: "name", header: "What", cell: ({ name }) => name, isRowHeader: true },
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
