import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import { startAwsServer } from "#infra/local/aws/server.ts";
import { eventsOperations } from "#infra/local/events/events-operations.ts";
import { schedulerRoutes } from "#infra/local/events/scheduler-operations.ts";
import { executionEvent, startEvents } from "#infra/local/events/start-events.ts";
import type { SageMaker } from "#infra/local/states/sagemaker-tasks.ts";
import { sfnOperations } from "#infra/local/states/sfn-operations.ts";
import { startStates } from "#infra/local/states/start-states.ts";
import type { Machine } from "#statemachines/machine.ts";
import type { LocalTables } from "./local-tables.ts";

type Functions = Readonly<Record<string, (payload: never) => unknown>>;

/** State machines, events and schedules behind AWS's own clients, over the tables given; functions are plain ones. */
export async function startLocalStates(
  tables: LocalTables,
  machines: readonly Machine[],
  functions: Functions,
  on: FunctionSpec["on"] = [],
  sageMaker: SageMaker = async () => ({}),
) {
  const common = { dynamoDb: tables.client, table: tables.table("local"), now: Date.now };
  const invoke = async (name: string, payload: unknown) => await functions[name]?.(payload as never);
  const specs = Object.keys(functions).map((name) => ({ name, summary: name, on: name === "listen" ? on : [] }));
  const events = startEvents({
    ...common,
    functions: specs,
    busName: "capstan",
    invoke,
    startExecution: async (machine, name, input) => await states.start({ machine, name, input: input as never }),
  });
  const states = await startStates({
    ...common,
    machines,
    functions: Object.keys(functions),
    settings: { EventBusName: "capstan" },
    invoke,
    putEvents: (entries) => events.bus.put(entries),
    sageMaker,
    outbox: (execution) => events.bus.outbox(executionEvent(execution)),
    ended: () => void events.deliveries.resume(),
  });
  const server = await startAwsServer({
    operations: { ...sfnOperations(states), ...eventsOperations((entries) => events.bus.put(entries)) },
    routes: schedulerRoutes(events.schedules, "capstan", Date.now),
  });
  await events.resume();
  await states.resume();
  const client = { endpoint: server.endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  return {
    endpoint: server.endpoint,
    states,
    events,
    sfn: new SFNClient(client),
    eventBridge: new EventBridgeClient(client),
    async stop() {
      await server.stop();
      await states.stop();
      await events.stop();
    },
  };
}
