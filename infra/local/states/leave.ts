import type { Json, State } from "#statemachines/definition.ts";
import { evaluate } from "./expressions.ts";
import type { Frame, PhaseOf } from "./frame.ts";
import { type EventDraft, evaluationFailed, stateExited } from "./history.ts";
import { nextRetry } from "./retry.ts";
import { assignments, bindings, type Scope, type Step, stateOf } from "./scope.ts";
import { type Failure, matches, StateError } from "./state-error.ts";

/** Where a state is left to, and what it sets and passes on. */
interface Way {
  readonly next: string | undefined;
  readonly assign: Readonly<Record<string, Json>> | undefined;
  readonly output: Json | undefined;
  /** The output where the state names none. */
  readonly fallback: Json;
  /** Before the names of fields, for messages. */
  readonly at?: string;
  readonly extras?: { readonly result?: Json; readonly errorOutput?: Json };
}

/** Leaves a state: Assign and Output both see the variables as they were before. */
export async function leaveBy(frame: Frame, scope: Scope, { next, assign, output, fallback, at = "", extras }: Way): Promise<Step> {
  const known = bindings(frame, scope, extras);
  const assigned = await assignments(assign, `${at}Assign`, known);
  const passedOn = output === undefined ? fallback : await evaluate(output, `${at}Output`, known);
  const events = [stateExited(stateOf(frame, scope).Type, frame.state, passedOn, assigned)];
  const variables = { ...frame.variables, ...assigned };
  const visit = frame.visit + 1;
  if (next === undefined) return { frame: { ...frame, variables, visit, phase: { kind: "done", output: passedOn } }, events };
  return {
    frame: { ...frame, state: next, input: passedOn, variables, visit, enteredAt: scope.now(), retries: [], phase: { kind: "ready" } },
    events,
  };
}

/** Leaves a state the regular way. @param result what a Task, Map or Parallel brought; the others pass their input on */
export async function leave(frame: Frame, scope: Scope, result?: Json): Promise<Step> {
  const state = stateOf(frame, scope);
  return await leaveBy(frame, scope, {
    next: "Next" in state ? state.Next : undefined,
    assign: "Assign" in state ? state.Assign : undefined,
    output: "Output" in state ? state.Output : undefined,
    fallback: result === undefined ? frame.input : result,
    ...(result !== undefined && { extras: { result } }),
  });
}

export const failed = (frame: Frame, failure: Failure): Frame => ({
  ...frame,
  visit: frame.visit + 1,
  phase: { kind: "failed", failure: { error: failure.error, cause: failure.cause }, was: frame.phase },
});

async function caught(frame: Frame, scope: Scope, state: State, failure: Failure): Promise<Step | undefined> {
  const catchers = "Catch" in state ? (state.Catch ?? []) : [];
  const index = catchers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, failure.error));
  const catcher = catchers[index];
  if (!catcher) return undefined;
  const errorOutput = { Error: failure.error, Cause: failure.cause };
  const way = { next: catcher.Next, assign: catcher.Assign, output: catcher.Output, fallback: errorOutput, at: `Catch[${index}]/`, extras: { errorOutput } };
  return await leaveBy(frame, scope, way);
}

/** What a failure leads to: the same state again after a while, the way of a Catch, or the end of the frame. */
export async function recover(frame: Frame, scope: Scope, error: Failure): Promise<Step> {
  const state = stateOf(frame, scope);
  const location = error instanceof StateError ? error.location : undefined;
  const before: EventDraft[] = location === undefined ? [] : [evaluationFailed(frame.state, error, location)];
  const retry = nextRetry("Retry" in state ? (state.Retry ?? []) : [], frame.retries, error.error, scope.random);
  if (retry) {
    const phase: PhaseOf<"backoff"> = { kind: "backoff", until: scope.now() + retry.delaySeconds * 1000 };
    return { frame: { ...frame, visit: frame.visit + 1, retries: retry.used, phase }, events: before };
  }
  try {
    const way = await caught(frame, scope, state, error);
    return way ? { frame: way.frame, events: [...before, ...way.events] } : { frame: failed(frame, error), events: before };
  } catch (second) {
    if (!(second instanceof StateError)) throw second;
    return { frame: failed(frame, second), events: [...before, evaluationFailed(frame.state, second, second.location ?? "Catch")] };
  }
}
