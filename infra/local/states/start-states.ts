import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Machine } from "#statemachines/machine.ts";
import { localTable } from "../local-table.ts";
import { timers } from "../timers.ts";
import { type EngineDeps, type StatesEngine, statesEngine } from "./engine.ts";
import { loadMachines, type Settings } from "./load-machine.ts";
import { nestedTask } from "./nested-tasks.ts";
import { type SageMaker, sageMakerTask } from "./sagemaker-tasks.ts";
import { eventsTask, type Invoke, lambdaTask, type Perform, type PutEvents } from "./tasks.ts";

export interface StatesOptions extends Pick<EngineDeps, "outbox" | "ended"> {
  readonly dynamoDb: DynamoDBClient;
  /** The physical name of the table `local`. */
  readonly table: string;
  readonly machines: readonly Machine[];
  /** Names of the functions that tasks may name. */
  readonly functions: readonly string[];
  /** Values of placeholders that are neither functions nor machines. */
  readonly settings?: Settings;
  readonly invoke: Invoke;
  readonly putEvents: PutEvents;
  readonly sageMaker: SageMaker;
  readonly now: () => number;
}

/** Every task that a machine may name, by its service. */
export const performer =
  ({ invoke, putEvents, sageMaker, now, at }: Pick<StatesOptions, "invoke" | "putEvents" | "sageMaker" | "now"> & Pick<EngineDeps, "at">) =>
  (engine: StatesEngine): Perform => {
    const services = { lambda: lambdaTask(invoke), events: eventsTask(putEvents), states: nestedTask(engine), sagemaker: sageMakerTask(sageMaker, at, now) };
    return async (call) => await services[call.resource.service](call);
  };

/**
 * Loads and checks the machines and readies their engine; `resume()` then goes on with what ran before.
 * Tasks are invoked at least once: one that was under way when the process died is invoked again.
 * @throws ConfigError with every problem of every machine
 */
export async function startStates({ dynamoDb, table, machines, functions, settings = {}, now, ...rest }: StatesOptions): Promise<StatesEngine> {
  return statesEngine({
    ...rest,
    table: localTable(dynamoDb, table),
    machines: await loadMachines(machines, functions, settings),
    perform: performer({ ...rest, now, at: timers }),
    now,
    at: timers,
    random: Math.random,
  });
}
