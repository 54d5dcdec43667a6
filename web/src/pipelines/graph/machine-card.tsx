import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import type { ExecutionStep, pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../../address.ts";
import type { ReplyOf } from "../../client.ts";
import { useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { useRead } from "../../queries.ts";
import { Gantt } from "../gantt/gantt.tsx";
import type { Span } from "../step-bar.tsx";
import { MachineDrawing } from "./machine-drawing.tsx";

/** A drawing of more than this says less than the table of steps. */
const mostStates = 500;

const views = [
  { id: "graph", text: "Graph" },
  { id: "time", text: "Time" },
];
const graphLegend = "Solid: what comes next. Dashed: what an error leads to. Arrow keys go from state to state, Enter shows one below.";
const timeLegend =
  "Solid: work. Light: waiting for a person, for a retry, or for the pipeline to be free. Outlined: from the cache. The table below says the same in words.";

interface MachineCardProps {
  readonly execution: string;
  readonly steps: readonly ExecutionStep[];
  readonly span: Span;
  readonly selected: string;
  readonly select: (name: string) => void;
}

/** The execution's own machine, as the platform runs it, which does not change while the execution lasts; or its steps as bars in time. */
export function MachineCard({ execution, steps, span, selected, select }: MachineCardProps) {
  const [view, setView] = useUrlState("view", "graph");
  const path = address(["capstan", "v1", "executions", execution, "graph"]);
  const query = useRead<ReplyOf<typeof pipelineContract, "getExecutionGraph">>(path, { every: false });
  return (
    <Card
      title={view === "time" ? "Time" : "Graph"}
      description={view === "time" ? timeLegend : graphLegend}
      actions={<SegmentedControl label="View" selectedId={view} options={views} onChange={({ detail }) => setView(detail.selectedId)} />}
    >
      {view === "time" ? (
        <Gantt steps={steps} span={span} selected={selected} select={select} />
      ) : (
        <Loaded query={query}>
          {({ graph }) =>
            graph.states.length > mostStates ? (
              <Alert type="info">{`The machine has ${graph.states.length} states, more than can be drawn well: see the table of steps.`}</Alert>
            ) : (
              <>
                <MachineDrawing graph={graph} steps={steps} selected={selected} select={select} />
                <Box color="text-body-secondary">{graph.states.find(({ name }) => name === selected)?.comment}</Box>
              </>
            )
          }
        </Loaded>
      )}
    </Card>
  );
}
