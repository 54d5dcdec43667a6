import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { ExecutionStep, pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { duration } from "../parts/format.ts";
import { JsonBlock, TextBlock } from "../parts/json-block.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import { StepLog } from "./logs/step-log.tsx";

interface StepDetailsProps {
  readonly execution: string;
  readonly steps: readonly ExecutionStep[];
  /** The state's name. */
  readonly name: string;
}

type StepReply = ReplyOf<typeof pipelineContract, "getExecutionStep">;

function Data({ label, value, absent }: { readonly label: string; readonly value: unknown; readonly absent: string }) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {value === undefined ? <Box color="text-body-secondary">{absent}</Box> : <JsonBlock label={label} value={value} />}
    </div>
  );
}

/** What a state was given and gave, and why it failed; each time that it was entered, the last one first shown. */
export function StepDetails({ execution, steps, name }: StepDetailsProps) {
  const positions = steps.flatMap((step, position) => (step.name === name ? [position] : []));
  const [chosen, setChosen] = useState<number>();
  const position = chosen !== undefined && positions.includes(chosen) ? chosen : positions.at(-1);
  const path = address(["capstan", "v1", "executions", execution, "steps", String(position ?? 0)]);
  const query = useRead<StepReply>(path, { every: 2000, enabled: position !== undefined });
  if (position === undefined)
    return (
      <Card title={name}>
        <Box color="text-body-secondary">
          The execution has not entered this state, or it only decides where to go: such states take no time and keep no data.
        </Box>
      </Card>
    );
  const entered = steps[position];
  return (
    <SpaceBetween size="l">
      <Card
        title={name}
        actions={
          positions.length > 1 && (
            <SegmentedControl
              label="Entered"
              selectedId={String(position)}
              options={positions.map((one, index) => ({ id: String(one), text: `Time ${index + 1}` }))}
              onChange={({ detail }) => setChosen(Number(detail.selectedId))}
            />
          )
        }
      >
        <Loaded query={query}>
          {({ step, input, output, cause }) => (
            <SpaceBetween size="l">
              <Facts
                facts={[
                  ["State", <State key="state" of={step.status} />],
                  ["Started", <Moment key="started" at={step.startedAt} />],
                  ["Took", duration((step.endedAt ?? Date.now()) - step.startedAt)],
                  ["Attempts", step.attempts === 0 ? undefined : String(step.attempts)],
                  ["Result", step.cached ? "of an earlier execution, from the cache" : undefined],
                  ["Error", step.error],
                ]}
              />
              {cause !== undefined && (
                <div>
                  <Box variant="awsui-key-label">Cause</Box>
                  <TextBlock label="Cause" text={cause} />
                </div>
              )}
              <ColumnLayout columns={2} minColumnWidth={300}>
                <Data label="Input" value={input} absent="Not kept." />
                <Data label="Output" value={output} absent={step.endedAt === undefined ? "The step goes on." : "None: it failed, or its data are not kept."} />
              </ColumnLayout>
            </SpaceBetween>
          )}
        </Loaded>
      </Card>
      {entered && <StepLog key={position} execution={execution} position={position} step={entered} />}
    </SpaceBetween>
  );
}
