import type { Json } from "#statemachines/definition.ts";
import type { TaskResource } from "#statemachines/task-resources.ts";
import { region } from "./names.ts";
import type { Failure } from "./state-error.ts";

/** An event before it has an id: Step Functions' type, and its details under the key that the type's details have. */
export interface EventDraft {
  readonly type: string;
  readonly details?: { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
}
/** An event as it is kept; `timestamp` is epoch milliseconds. */
export interface HistoryEvent extends EventDraft {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
}

const draft = (type: string, key: string, value: Readonly<Record<string, unknown>>): EventDraft => ({ type, details: { key, value } });
const text = (value: Json) => JSON.stringify(value);
/** Error and cause, where they say something: both are optional on the wire. */
export const failureFields = ({ error, cause }: Failure) => ({ ...(error !== "" && { error }), ...(cause !== "" && { cause }) });

export const stateEntered = (type: string, name: string, input: Json) =>
  draft(`${type}StateEntered`, "stateEnteredEventDetails", { name, input: text(input), inputDetails: { truncated: false } });

export const stateExited = (type: string, name: string, output: Json, assigned: Readonly<Record<string, Json>>) =>
  draft(`${type}StateExited`, "stateExitedEventDetails", {
    name,
    output: text(output),
    outputDetails: { truncated: false },
    ...(Object.keys(assigned).length > 0 && {
      assignedVariables: Object.fromEntries(Object.entries(assigned).map(([variable, value]) => [variable, text(value)])),
      assignedVariablesDetails: { truncated: false },
    }),
  });

export const evaluationFailed = (state: string, failure: Failure, location: string) =>
  draft("EvaluationFailed", "evaluationFailedEventDetails", { state, location, ...failureFields(failure) });

const of = ({ service, action }: TaskResource) => ({ resourceType: service, resource: action });

export const taskScheduled = (resource: TaskResource, parameters: Json, limits: { readonly timeoutSeconds?: number; readonly heartbeatSeconds?: number }) =>
  draft("TaskScheduled", "taskScheduledEventDetails", {
    ...of(resource),
    region,
    parameters: text(parameters),
    ...(limits.timeoutSeconds !== undefined && { timeoutInSeconds: limits.timeoutSeconds }),
    ...(limits.heartbeatSeconds !== undefined && { heartbeatInSeconds: limits.heartbeatSeconds }),
  });
export const taskStarted = (resource: TaskResource) => draft("TaskStarted", "taskStartedEventDetails", of(resource));
export const taskSubmitted = (resource: TaskResource, output: Json) =>
  draft("TaskSubmitted", "taskSubmittedEventDetails", { ...of(resource), output: text(output), outputDetails: { truncated: false } });
export const taskSucceeded = (resource: TaskResource, output: Json) =>
  draft("TaskSucceeded", "taskSucceededEventDetails", { ...of(resource), output: text(output), outputDetails: { truncated: false } });
export const taskFailed = (resource: TaskResource, failure: Failure) =>
  draft("TaskFailed", "taskFailedEventDetails", { ...of(resource), ...failureFields(failure) });
export const taskTimedOut = (resource: TaskResource, failure: Failure) =>
  draft("TaskTimedOut", "taskTimedOutEventDetails", { ...of(resource), ...failureFields(failure) });

export const childrenStarted = (type: "Map" | "Parallel", length: number): EventDraft =>
  type === "Map" ? draft("MapStateStarted", "mapStateStartedEventDetails", { length }) : { type: "ParallelStateStarted" };
export const childrenEnded = (type: "Map" | "Parallel", how: "Succeeded" | "Failed" | "Aborted"): EventDraft => ({ type: `${type}State${how}` });
export const iteration = (how: "Started" | "Succeeded" | "Failed" | "Aborted", name: string, index: number) =>
  draft(`MapIteration${how}`, `mapIteration${how}EventDetails`, { name, index });

export const executionStarted = (input: Json, roleArn: string) =>
  draft("ExecutionStarted", "executionStartedEventDetails", { input: text(input), inputDetails: { truncated: false }, roleArn });
export const executionSucceeded = (output: Json) =>
  draft("ExecutionSucceeded", "executionSucceededEventDetails", { output: text(output), outputDetails: { truncated: false } });
export const executionEnded = (how: "Failed" | "TimedOut" | "Aborted", failure: Failure) =>
  draft(`Execution${how}`, `execution${how}EventDetails`, failureFields(failure));
export const executionRedriven = (redriveCount: number) => draft("ExecutionRedriven", "executionRedrivenEventDetails", { redriveCount });

/** An event as GetExecutionHistory answers it. */
export const wireEvent = ({ id, previousEventId, timestamp, type, details }: HistoryEvent, withData: boolean): Record<string, unknown> => ({
  id,
  previousEventId,
  timestamp: timestamp / 1000,
  type,
  ...(details && { [details.key]: withData ? details.value : withoutData(details.value) }),
});
const data = new Set(["input", "output", "parameters", "assignedVariables"]);
const withoutData = (value: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !data.has(key))
      .map(([key, one]) => [key, key.endsWith("Details") ? { included: false } : one]),
  );
