import type { FunctionSpec } from "#contracts/function-spec.ts";
import { functions, machines } from "./inventory.ts";

const tasks = new Set(machines.flatMap((machine) => Object.values(machine.tasks)));

/** Which stack a function lives in follows from what calls it: HTTP (and the authorizer) -> Api, a state machine -> Pipelines, time, events and logs -> Monitoring. */
const stackOf = ({ name, contracts }: FunctionSpec) =>
  contracts !== undefined || name === "authorizer" ? "api" : tasks.has(name) ? "pipelines" : "monitoring";

const placed = Map.groupBy(functions, stackOf);
export const functionsOf = (stack: ReturnType<typeof stackOf>): readonly FunctionSpec[] => placed.get(stack) ?? [];
