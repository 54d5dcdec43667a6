import type { Json, JsonObject } from "#statemachines/definition.ts";
import type { TaskResource } from "#statemachines/task-resources.ts";
import { type Failure, StateError } from "./state-error.ts";

/**
 * Runs a function by its name. What it throws fails the task under the error's class name; an error named `Sandbox.Timedout` is a function that
 * ran out of time.
 * @param options.timeoutSeconds the task's own limit, where it has one
 */
export type Invoke = (functionName: string, payload: unknown, options: { readonly timeoutSeconds?: number }) => Promise<unknown>;

/** One call of a task. */
export interface TaskCall {
  /** The same for the same attempt after a restart: what a task starts may be named after it. */
  readonly id: string;
  readonly resource: TaskResource;
  readonly arguments: Json;
  readonly timeoutSeconds: number | undefined;
  /** The attempt was under way when the platform stopped, and may have done its work already. */
  readonly repeated: boolean;
  /** Aborts when nobody waits for the result any more; not when the platform merely stops. */
  readonly signal: AbortSignal;
}
/** Performs what a resource stands for. @throws StateError, or whatever the invoked code throws */
export type Perform = (call: TaskCall) => Promise<Json>;

export const asJson = (value: unknown): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? "null") as Json));

/** The fields of a task's arguments. @throws StateError States.Runtime where they are no object */
export function fields(template: Json): JsonObject {
  if (typeof template === "object" && template !== null && !Array.isArray(template)) return template as JsonObject;
  throw new StateError("States.Runtime", `Arguments must be an object, got ${JSON.stringify(template).slice(0, 100)}`);
}
export function textField(template: Json, name: string): string {
  const value = fields(template)[name];
  if (typeof value === "string") return value;
  throw new StateError("States.Runtime", `Arguments.${name} must be a string, got ${JSON.stringify(value)}`);
}

/** An error as Lambda reports it: the class name, and a JSON text with message and trace (Lambda, "function errors in Node.js"). */
export function lambdaFailure(error: unknown): Failure {
  if (error instanceof StateError) return { error: error.error, cause: error.cause };
  if (!(error instanceof Error)) {
    const errorType = typeof error;
    return { error: errorType, cause: JSON.stringify({ errorType, errorMessage: String(error), trace: [] }) };
  }
  const { name: errorType, message: errorMessage } = error;
  if (errorType === "Sandbox.Timedout") return { error: errorType, cause: JSON.stringify({ errorType, errorMessage }) };
  return { error: errorType, cause: JSON.stringify({ errorType, errorMessage, trace: (error.stack ?? "").split("\n") }) };
}

/** `lambda:invoke`: the payload under `Payload`, as the integration answers it. */
export const lambdaTask =
  (invoke: Invoke): Perform =>
  async ({ arguments: template, timeoutSeconds }) => {
    const payload = fields(template)["Payload"] ?? {};
    const result = await invoke(textField(template, "FunctionName"), payload, timeoutSeconds === undefined ? {} : { timeoutSeconds });
    return { ExecutedVersion: "$LATEST", Payload: asJson(result), StatusCode: 200 };
  };

/** One event as PutEvents takes it; `Detail` is JSON text. */
export interface EventEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Epoch milliseconds. @default now */
  readonly time?: number;
}
/** Takes events in; when it answers, they are kept. @returns their ids */
export type PutEvents = (entries: readonly EventEntry[]) => Promise<readonly string[]>;

/** `events:putEvents`: details may be objects here, the integration makes texts of them. */
export const eventsTask =
  (putEvents: PutEvents): Perform =>
  async ({ arguments: template }) => {
    const entries = fields(template)["Entries"];
    if (!Array.isArray(entries)) throw new StateError("EventBridge.ValidationException", "Arguments.Entries must be an array");
    const ids = await putEvents(
      entries.map((entry: Json) => {
        const { Detail: detail = {}, EventBusName: bus } = fields(entry);
        return {
          Source: textField(entry, "Source"),
          DetailType: textField(entry, "DetailType"),
          Detail: typeof detail === "string" ? detail : JSON.stringify(detail),
          ...(typeof bus === "string" && { EventBusName: bus }),
        };
      }),
    );
    return { Entries: ids.map((EventId) => ({ EventId })), FailedEntryCount: 0 };
  };
