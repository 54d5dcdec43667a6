import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { StepEvent } from "#core/pipelines/steps.ts";

/** Pass, Choice, Succeed and Fail decide in no time: what a person follows is the work. */
const isWork = /^(Task|Parallel|Map|Wait)State(Entered|Exited)$/;

const endings = new Set(["ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut", "ExecutionSucceeded"]);

/** Step Functions' history events as the few that steps are made of; others say nothing about a step. */
export function stepEvents(events: readonly HistoryEvent[]): StepEvent[] {
  return events.flatMap((event): StepEvent[] => {
    const { type = "", timestamp } = event;
    const at = timestamp?.getTime() ?? 0;
    const state = event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name;
    if (/State(Entered|Exited)$/.test(type) && !isWork.test(type)) return [];
    if (type.endsWith("StateEntered")) return [{ at, kind: "entered", ...(state !== undefined && { state }) }];
    if (type.endsWith("StateExited")) return [{ at, kind: "exited", ...(state !== undefined && { state }) }];
    if (type === "TaskScheduled") return [{ at, kind: "attempted" }];
    if (type === "TaskSubmitted") return [{ at, kind: "waiting" }];
    const error =
      event.taskFailedEventDetails?.error ??
      event.taskTimedOutEventDetails?.error ??
      event.executionFailedEventDetails?.error ??
      event.executionAbortedEventDetails?.error;
    if (type === "TaskFailed" || type === "TaskTimedOut") return [{ at, kind: "failed", ...(error !== undefined && { error }) }];
    return endings.has(type) ? [{ at, kind: "ended", ...(error !== undefined && { error }) }] : [];
  });
}
