import type { LocalTable } from "#infra/local/local-table.ts";
import { type EngineDeps, type StatesEngine, statesEngine } from "#infra/local/states/engine.ts";
import { readMachine } from "#infra/local/states/load-machine.ts";
import type { SageMaker } from "#infra/local/states/sagemaker-tasks.ts";
import { performer } from "#infra/local/states/start-states.ts";
import type { EventEntry } from "#infra/local/states/tasks.ts";
import type { Json } from "#statemachines/definition.ts";
import { memoryTable } from "./memory-table.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

/** States of a machine, the first of them its start. Functions are named as they are: nothing is left to fill in. */
export type States = Readonly<Record<string, object>>;
type Functions = Readonly<Record<string, (payload: never) => unknown>>;

export interface Laptop {
  readonly engine: StatesEngine;
  readonly clock: VirtualClock;
  readonly events: EventEntry[];
  /** Every call of a function: its name and what it was given. */
  readonly calls: [string, unknown][];
}

interface Options extends Partial<Pick<EngineDeps, "random">> {
  readonly table?: LocalTable;
  readonly clock?: VirtualClock;
  readonly functions?: Functions;
  readonly sageMaker?: SageMaker;
  readonly timeoutSeconds?: number;
  /** Machines beside the one named `machine`. */
  readonly others?: Readonly<Record<string, States>>;
}

export const machineText = (states: States, timeoutSeconds?: number) =>
  JSON.stringify({
    QueryLanguage: "JSONata",
    StartAt: Object.keys(states)[0],
    ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
    States: states,
  });

/** An engine over a table in memory, with functions in place of Lambda and a clock that waits for nothing. */
export function aLaptop(
  states: States,
  { table = memoryTable(), clock = virtualClock(), functions = {}, others = {}, timeoutSeconds, ...options }: Options = {},
): Laptop {
  const events: EventEntry[] = [];
  const calls: [string, unknown][] = [];
  const engine = statesEngine({
    table,
    machines: [
      readMachine("machine", machineText(states, timeoutSeconds)),
      ...Object.entries(others).map(([name, its]) => readMachine(name, machineText(its))),
    ],
    perform: performer({
      invoke: async (name, payload) => {
        calls.push([name, payload]);
        return await functions[name]?.(payload as never);
      },
      putEvents: async (entries) => entries.map((entry) => `event-${events.push(entry)}`),
      sageMaker: options.sageMaker ?? (async () => ({})),
      now: clock.now,
      at: clock.at,
    }),
    now: clock.now,
    at: clock.at,
    random: options.random ?? (() => 0.5),
  });
  return { engine, clock, events, calls };
}

/** Runs a machine to its end. */
export async function execute(states: States, input: Json = {}, options: Options = {}) {
  const laptop = aLaptop(states, options);
  const { key } = await laptop.engine.start({ machine: "machine", name: "one", input });
  await laptop.clock.run();
  const history = await laptop.engine.events(key, 1);
  return { ...laptop, key, execution: await laptop.engine.find(key), history, types: history.map(({ type }) => type) };
}

/** A task that invokes a function with the state's input. */
export const invokes = (name: string, fields: object = { End: true }) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: name, Payload: "{% $states.input %}" },
  Output: "{% $states.result.Payload %}",
  ...fields,
});
