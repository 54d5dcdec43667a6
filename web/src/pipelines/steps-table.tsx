import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import { DataTable } from "../parts/data-table.tsx";
import { duration } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Span, StepBar } from "./step-bar.tsx";

interface StepsTableProps {
  readonly steps: readonly ExecutionStep[];
  readonly span: Span;
  readonly select: (name: string) => void;
}

/** The states that an execution entered, in their order, each with its place in time: the graph's twin. */
export function StepsTable({ steps, span, select }: StepsTableProps) {
  return (
    <DataTable
      name="steps"
      title="Steps"
      filtering={false}
      items={steps}
      rowKey={({ name, startedAt }) => `${name} ${startedAt}`}
      empty="No step has begun."
      columns={[
        {
          id: "name",
          header: "Step",
          cell: ({ name }) => (
            <Button variant="inline-link" onClick={() => select(name)} ariaLabel={`Show ${name}`}>
              {name}
            </Button>
          ),
          isName: true,
          width: 200,
        },
        {
          id: "status",
          header: "State",
          width: 190,
          cell: ({ status, cached }) =>
            cached ? (
              <>
                <State of={status} /> <Badge>from cache</Badge>
              </>
            ) : (
              <State of={status} />
            ),
        },
        { id: "when", header: "When", width: 200, cell: (step) => <StepBar step={step} span={span} /> },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment at={startedAt} /> },
        { id: "took", header: "Took", cell: ({ startedAt, endedAt }) => duration((endedAt ?? Date.now()) - startedAt) },
        { id: "attempts", header: "Attempts", cell: ({ attempts }) => attempts || "-" },
        { id: "error", header: "Error", cell: ({ error }) => <span className="name">{error ?? "-"}</span> },
      ]}
    />
  );
}
