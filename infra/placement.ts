import type { FunctionSpec } from "#contracts/function-spec.ts";
import { functions } from "./inventory.ts";

const names = (belongs: (spec: FunctionSpec) => boolean): ReadonlySet<string> => new Set(functions.filter(belongs).map(({ name }) => name));

/** Which stack a function lives in follows from what calls it: HTTP (and the authorizer) -> Api, time and events -> Monitoring, anything else -> Pipelines. */
export const apiFunctionNames = names(({ name, contracts }) => contracts !== undefined || name === "authorizer");
export const monitoringFunctionNames = names(({ name, schedule, on }) => !apiFunctionNames.has(name) && (schedule !== undefined || on !== undefined));
