import type { Json } from "#statemachines/definition.ts";
import { enter, entering, resourceOf } from "./enter.ts";
import { fits } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { childrenEnded, type EventDraft, taskFailed, taskSubmitted, taskSucceeded, taskTimedOut } from "./history.ts";
import { failed, leave, recover } from "./leave.ts";
import { type Scope, type Step, stateOf } from "./scope.ts";
import { type Failure, StateError } from "./state-error.ts";

/** States that one commit may pass through: a loop of states that wait for nothing must still let others run and be kept. */
const statesPerStep = 50;

/** What failed becomes what the state makes of it; anything but a StateError is a defect of ours and ends the execution as States.Runtime. */
async function guarded(frame: Frame, scope: Scope, events: readonly EventDraft[], attempt: () => Promise<Step>): Promise<Step> {
  try {
    const step = await attempt();
    return { frame: step.frame, events: [...events, ...step.events] };
  } catch (error) {
    if (!(error instanceof StateError)) return { frame: failed(frame, { error: "States.Runtime", cause: String(error) }), events };
    const step = await recover(frame, scope, error);
    return { frame: step.frame, events: [...events, ...step.events] };
  }
}

/** Goes on from state to state until something outside is needed, the level ends, or {@link statesPerStep} are passed. */
export async function advance(from: Frame, scope: Scope, before: readonly EventDraft[] = []): Promise<Step> {
  let frame = from;
  const events = [...before];
  for (let passed = 0; passed < statesPerStep && frame.phase.kind === "ready"; passed++) {
    const ready = frame;
    const step = await guarded(ready, scope, entering(ready, scope), () => enter(ready, scope));
    frame = step.frame;
    events.push(...step.events);
  }
  return { frame, events };
}

const onward = async (step: Step, scope: Scope): Promise<Step> => await advance(step.frame, scope, step.events);

function taskResource(frame: Frame, scope: Scope) {
  const state = stateOf(frame, scope);
  if (state.Type !== "Task") throw new StateError("States.Runtime", `state ${frame.state} is no task`);
  return resourceOf(state);
}

const tooLarge = (frame: Frame): Failure => ({
  error: "States.DataLimitExceeded",
  cause: `The state/task '${frame.state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
});

/** A task has brought its result. */
export async function taskDone(frame: Frame, scope: Scope, result: Json): Promise<Step> {
  if (!fits(result)) return await taskLost(frame, scope, tooLarge(frame));
  const attempt = async () => await leave(frame, scope, result);
  return await onward(await guarded(frame, scope, [taskSucceeded(taskResource(frame, scope), result)], attempt), scope);
}

/** A task has failed or run out of time. */
export async function taskLost(frame: Frame, scope: Scope, failure: Failure): Promise<Step> {
  const timedOut = failure.error === "States.Timeout" || failure.error === "States.HeartbeatTimeout";
  const event = (timedOut ? taskTimedOut : taskFailed)(taskResource(frame, scope), failure);
  const step = await recover(frame, scope, failure);
  return await onward({ frame: step.frame, events: [event, ...step.events] }, scope);
}

/** The call that carries a task's token has been answered: from now on only the token counts. */
export function taskPassedOn(frame: Frame, scope: Scope, output: Json): Step | undefined {
  if (frame.phase.kind !== "task" || frame.phase.submitted) return undefined;
  return { frame: { ...frame, phase: { ...frame.phase, submitted: true } }, events: [taskSubmitted(taskResource(frame, scope), output)] };
}

/** The time of a Wait, or of the pause before another attempt, is over. */
export async function timeIsUp(frame: Frame, scope: Scope): Promise<Step> {
  const ready: Frame = { ...frame, visit: frame.visit + 1, phase: { kind: "ready" } };
  if (frame.phase.kind === "backoff") return await advance(ready, scope);
  return await onward(await guarded(frame, scope, [], async () => await leave(frame, scope)), scope);
}

const containerType = (frame: Frame, scope: Scope) => (stateOf(frame, scope).Type === "Map" ? "Map" : "Parallel");

/** Every level inside has ended well enough. @param results in the order of the levels */
export async function joined(frame: Frame, scope: Scope, results: readonly Json[]): Promise<Step> {
  if (!fits(results)) return await childrenFailed(frame, scope, tooLarge(frame), []);
  const attempt = async () => await leave(frame, scope, results);
  return await onward(await guarded(frame, scope, [childrenEnded(containerType(frame, scope), "Succeeded")], attempt), scope);
}

/** More levels inside have failed than may. */
export async function childrenFailed(frame: Frame, scope: Scope, failure: Failure, before: readonly EventDraft[]): Promise<Step> {
  const step = await recover(frame, scope, failure);
  return await onward({ frame: step.frame, events: [...before, childrenEnded(containerType(frame, scope), "Failed"), ...step.events] }, scope);
}
