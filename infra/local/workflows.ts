import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { noContainer } from "#contracts/platform/training-script.ts";
import { functions, machines } from "../inventory.ts";
import { type Operations, startAwsServer } from "./aws/server.ts";
import { account, buckets, eventBusName, sageMakerPrefix, tablePrefix } from "./environment.ts";
import { eventsOperations } from "./events/events-operations.ts";
import { schedulerRoutes } from "./events/scheduler-operations.ts";
import { executionEvent, startEvents } from "./events/start-events.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { type LogsParts, logsOperations } from "./logs/logs-operations.ts";
import { sageMakerCalls } from "./states/sagemaker-tasks.ts";
import { sfnOperations } from "./states/sfn-operations.ts";
import { startStates } from "./states/start-states.ts";
import type { EventEntry, Invoke } from "./states/tasks.ts";

export interface Workflows {
  /** Where Step Functions, EventBridge, Scheduler, SageMaker and CloudWatch Logs answer. */
  readonly endpoint: string;
  /** Puts events on the account's bus, as S3 does. */
  put(entries: readonly EventEntry[]): Promise<unknown>;
  /** Goes on with what was running, queued and scheduled. */
  begin(): Promise<void>;
}

interface Parts {
  readonly client: DynamoDBClient;
  readonly invoke: Invoke;
  /** SageMaker's operations, for machines and for clients. */
  readonly sageMaker: Operations;
  /** Where training jobs have their folders. */
  readonly trainingFolder: string;
  /** What steps of executions have written. */
  readonly logs: LogsParts;
  readonly parts: Lifecycle;
}

/** What stacks make for training in an account. On this machine no role is assumed and no image is run. */
const training = {
  TrainingRoleArn: `arn:aws:iam::${account}:role/capstan-training`,
  TrainingImage: noContainer,
  NamePrefix: sageMakerPrefix,
} as const;

/** State machines, event bus and schedules, behind the AWS wire on a loopback port. Nothing runs before `begin`. */
export async function startWorkflows({ client, invoke, sageMaker, trainingFolder, logs, parts }: Parts): Promise<Workflows> {
  const table = `${tablePrefix}local`;
  const place = { dynamoDb: client, table, now: Date.now };
  const startExecution = async (machine: string, name: string, input: unknown) => void (await engine.start({ machine, name, input: input as never }));
  const events = startEvents({ ...place, functions, busName: eventBusName, invoke: (name, payload) => invoke(name, payload, {}), startExecution });
  const engine = await startStates({
    ...place,
    machines,
    functions: functions.map(({ name }) => name),
    settings: { EventBusName: eventBusName, ArtifactsBucket: buckets.artifacts, DataBucket: buckets.data, TrainingLogs: trainingFolder, ...training },
    invoke,
    putEvents: (entries) => events.bus.put(entries),
    sageMaker: sageMakerCalls(sageMaker),
    outbox: (execution) => events.bus.outbox(executionEvent(execution)),
    ended: () => void events.deliveries.resume(),
  });
  const server = await startAwsServer({
    operations: { ...sfnOperations(engine), ...eventsOperations((entries) => events.bus.put(entries)), ...sageMaker, ...logsOperations(logs) },
    routes: schedulerRoutes(events.schedules, tablePrefix.slice(0, -1), Date.now),
  });
  parts.defer("state machines", () => engine.stop());
  parts.defer("events", () => events.stop());
  parts.defer("AWS endpoint", () => server.stop());
  return {
    endpoint: server.endpoint,
    put: (entries) => events.bus.put(entries),
    async begin() {
      await engine.resume();
      await events.resume();
    },
  };
}
