import type { FunctionSpec } from "#contracts/function-spec.ts";
import { eventBus } from "#infra/local/events/bus.ts";
import { deliveries } from "#infra/local/events/deliveries.ts";
import { schedules } from "#infra/local/events/schedules.ts";
import type { LocalTable } from "#infra/local/local-table.ts";
import { memoryTable } from "./memory-table.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

interface Options {
  readonly table?: LocalTable;
  readonly clock?: VirtualClock;
  readonly functions?: readonly Pick<FunctionSpec, "name" | "on" | "schedule">[];
  /** What functions do; by default nothing. */
  readonly invoke?: (name: string, payload: unknown) => Promise<unknown>;
}

/** Bus, schedules and deliveries over a table in memory, with a clock that waits for nothing. */
export function someEvents({ table = memoryTable(), clock = virtualClock(), functions = [], invoke = async () => undefined }: Options = {}) {
  const calls: { readonly name: string; readonly payload: unknown; readonly time: number }[] = [];
  const queue = deliveries({
    table,
    at: clock.at,
    now: clock.now,
    invoke: async (name, payload) => {
      calls.push({ name, payload, time: clock.now() });
      return await invoke(name, payload);
    },
    startExecution: async (machine, name, input) => void calls.push({ name: machine, payload: { name, input }, time: clock.now() }),
  });
  const timetable = schedules({ table, deliveries: queue, at: clock.at, now: clock.now });
  return {
    table,
    clock,
    calls,
    deliveries: queue,
    schedules: timetable,
    bus: eventBus({ table, deliveries: queue, functions, busName: "capstan", now: clock.now }),
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
