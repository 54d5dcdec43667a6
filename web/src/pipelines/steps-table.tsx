import Badge from "@cloudscape-design/components/badge";
import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import { DataTable } from "../parts/data-table.tsx";
import { duration } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";

/** The states that an execution entered, in their order. */
export function StepsTable({ steps }: { readonly steps: readonly ExecutionStep[] }) {
  return (
    <DataTable
      name="steps"
      title="Steps"
      filtering={false}
      items={steps}
      rowKey={({ name, startedAt }) => `${name} ${startedAt}`}
      empty="No step has begun."
      columns={[
        { id: "name", header: "Step", cell: ({ name }) => name, isName: true },
        {
          id: "status",
          header: "State",
          cell: ({ status, cached }) =>
            cached ? (
              <>
                <State of={status} /> <Badge>from cache</Badge>
              </>
            ) : (
              <State of={status} />
            ),
        },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment at={startedAt} /> },
        { id: "took", header: "Took", cell: ({ startedAt, endedAt }) => duration((endedAt ?? Date.now()) - startedAt) },
        { id: "attempts", header: "Attempts", cell: ({ attempts }) => attempts || "-" },
        { id: "error", header: "Error", cell: ({ error }) => <span className="name">{error ?? "-"}</span> },
      ]}
    />
  );
}
