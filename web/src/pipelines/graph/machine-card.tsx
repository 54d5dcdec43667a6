import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import type { ExecutionStep, pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../../address.ts";
import type { ReplyOf } from "../../client.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { useRead } from "../../queries.ts";
import { MachineDrawing } from "./machine-drawing.tsx";

/** A drawing of more than this says less than the table of steps. */
const mostStates = 500;

interface MachineCardProps {
  readonly execution: string;
  readonly steps: readonly ExecutionStep[];
  readonly selected: string;
  readonly select: (name: string) => void;
}

/** The execution's own machine, as the platform runs it: it does not change while the execution lasts. */
export function MachineCard({ execution, steps, selected, select }: MachineCardProps) {
  const path = address(["capstan", "v1", "executions", execution, "graph"]);
  const query = useRead<ReplyOf<typeof pipelineContract, "getExecutionGraph">>(path, { every: false });
  return (
    <Card title="Graph" description="Solid: what comes next. Dashed: what an error leads to. Arrow keys go from state to state, Enter shows one below.">
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
    </Card>
  );
}
