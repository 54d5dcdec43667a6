import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { StepEvent, Worker } from "#core/pipelines/steps.ts";

type Told = Pick<StepEvent, "kind" | "state" | "hasBranches" | "error" | "cause" | "data" | "cached" | "worker">;

/** What a task function says of its result; anything but our own answers says nothing. */
function isCached(output: string | undefined): boolean {
  try {
    const result = JSON.parse(output ?? "null") as { readonly Payload?: { readonly cached?: unknown } | null } | null;
    return result?.Payload?.cached === true;
  } catch {
    return false;
  }
}

/** Whom a task asks for its work; the parameters are Step Functions' own JSON, unless it cut them. */
function workerIn(parameters: string | undefined): Pick<StepEvent, "worker"> {
  const worker = (kind: Worker["kind"], name: unknown) => (typeof name === "string" ? { worker: { kind, name } } : {});
  try {
    const { FunctionName, TrainingJobName } = JSON.parse(parameters ?? "{}") as Readonly<Record<string, unknown>>;
    return { ...worker("function", FunctionName), ...worker("trainingJob", TrainingJobName) };
  } catch {
    return {};
  }
}

const endings = new Set(["ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut", "ExecutionSucceeded"]);
const failures = new Set(["TaskFailed", "TaskTimedOut", "TaskStartFailed", "TaskSubmitFailed", "EvaluationFailed"]);

const errorIn = (event: HistoryEvent): string | undefined =>
  event.taskFailedEventDetails?.error ??
  event.taskTimedOutEventDetails?.error ??
  event.taskStartFailedEventDetails?.error ??
  event.taskSubmitFailedEventDetails?.error ??
  event.evaluationFailedEventDetails?.error ??
  event.executionFailedEventDetails?.error ??
  event.executionTimedOutEventDetails?.error ??
  event.executionAbortedEventDetails?.error;

const causeIn = (event: HistoryEvent): string | undefined =>
  event.taskFailedEventDetails?.cause ??
  event.taskTimedOutEventDetails?.cause ??
  event.taskStartFailedEventDetails?.cause ??
  event.taskSubmitFailedEventDetails?.cause ??
  event.evaluationFailedEventDetails?.cause;

/** A state's input or output, unless Step Functions cut it. */
function dataIn({ stateEnteredEventDetails: entered, stateExitedEventDetails: exited }: HistoryEvent): Pick<StepEvent, "data"> {
  const isCut = (entered?.inputDetails ?? exited?.outputDetails)?.truncated === true;
  const data = entered?.input ?? exited?.output;
  return isCut || data === undefined ? {} : { data };
}

/** Pass, Choice, Succeed and Fail decide in no time: what a person follows is the work. */
function told(event: HistoryEvent): Told {
  const { type = "" } = event;
  const state = event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name ?? "";
  const [error, cause] = [errorIn(event), causeIn(event)];
  if (type === "WaitStateEntered") return { kind: "paused" };
  if (/^(Task|Parallel|Map)StateEntered$/.test(type)) return { kind: "entered", state, hasBranches: !type.startsWith("Task"), ...dataIn(event) };
  if (/^(Task|Parallel|Map)StateExited$/.test(type)) return { kind: "exited", state, ...dataIn(event) };
  if (type === "TaskScheduled") return { kind: "attempted", ...workerIn(event.taskScheduledEventDetails?.parameters) };
  if (type === "TaskSucceeded") return { kind: "answered", cached: isCached(event.taskSucceededEventDetails?.output) };
  if (type === "TaskSubmitted") return { kind: event.taskSubmittedEventDetails?.resource?.endsWith(".waitForTaskToken") === true ? "waiting" : "other" };
  if (type === "ParallelStateFailed" || type === "MapStateFailed") return { kind: "branchFailed" };
  if (failures.has(type)) return { kind: "failed", ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  return endings.has(type) ? { kind: "ended", ...(error !== undefined && { error }) } : { kind: "other" };
}

/** Step Functions' history events as the few that steps are made of. */
export const stepEvents = (events: readonly HistoryEvent[]): StepEvent[] =>
  events.map((event) => ({ id: event.id ?? 0, previous: event.previousEventId ?? 0, at: event.timestamp?.getTime() ?? 0, ...told(event) }));
