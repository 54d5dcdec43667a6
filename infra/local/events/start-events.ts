import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import { localTable } from "../local-table.ts";
import type { Execution } from "../states/executions.ts";
import { executionArn, machineArn } from "../states/names.ts";
import type { EventEntry } from "../states/tasks.ts";
import { timers } from "../timers.ts";
import { type Bus, eventBus } from "./bus.ts";
import { type Deliveries, type DeliveryDeps, deliveries } from "./deliveries.ts";
import { type Schedules, schedules } from "./schedules.ts";

export interface EventsOptions extends Pick<DeliveryDeps, "invoke" | "startExecution"> {
  readonly dynamoDb: DynamoDBClient;
  /** The physical name of the table `local`. */
  readonly table: string;
  readonly functions: readonly FunctionSpec[];
  readonly busName: string;
  readonly now: () => number;
}

export interface Events {
  readonly bus: Bus;
  readonly schedules: Schedules;
  readonly deliveries: Deliveries;
  /** Goes on with what was queued, and begins the schedules: those missed while nothing ran are made up for once, within their window. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** Readies the platform's event bus and its schedules; nothing is delivered before `resume()`. */
export function startEvents({ dynamoDb, table: TableName, functions, busName, now, ...carry }: EventsOptions): Events {
  const table = localTable(dynamoDb, TableName);
  const queue = deliveries({ table, at: timers, now, ...carry });
  const timetable = schedules({ table, deliveries: queue, at: timers, now });
  return {
    bus: eventBus({ table, deliveries: queue, functions, busName, now }),
    schedules: timetable,
    deliveries: queue,
    async resume() {
      await queue.resume();
      await timetable.resume(functions);
    },
    async stop() {
      timetable.stop();
      await queue.stop();
    },
  };
}

/** The event that Step Functions puts on the account's bus when an execution has ended. */
export const executionEvent = ({ machine, name, status, input, output, failure, startedAt, stoppedAt }: Execution): EventEntry => ({
  Source: "aws.states",
  DetailType: "Step Functions Execution Status Change",
  Resources: [executionArn(machine, name)],
  Detail: JSON.stringify({
    executionArn: executionArn(machine, name),
    stateMachineArn: machineArn(machine),
    name,
    status,
    startDate: startedAt,
    stopDate: stoppedAt ?? null,
    input: JSON.stringify(input),
    output: output === undefined ? null : JSON.stringify(output),
    error: failure?.error ?? null,
    cause: failure?.cause ?? null,
  }),
});
