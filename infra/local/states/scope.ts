import type { Json, Level, State } from "#statemachines/definition.ts";
import { type Bindings, evaluate, withinLimit } from "./expressions.ts";
import { type Frame, retryCount } from "./frame.ts";
import type { EventDraft } from "./history.ts";
import { StateError } from "./state-error.ts";

/** What every expression of an execution may know of it. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly input: Json;
  readonly startedAt: number;
  readonly redriveCount: number;
  readonly machine: string;
  readonly machineArn: string;
  readonly roleArn: string;
}

/** What a frame's steps stand on besides the frame. */
export interface Scope {
  readonly level: Level;
  readonly execution: ExecutionFacts;
  /** Variables of the levels around this one. */
  readonly outer: Readonly<Record<string, Json>>;
  /** The item of the nearest Map around. */
  readonly item: { readonly index: number; readonly value: Json } | undefined;
  readonly now: () => number;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
  readonly newToken: (frame: Frame) => string;
}

/** A frame's next position, and the history that led there. */
export interface Step {
  readonly frame: Frame;
  readonly events: readonly EventDraft[];
}

export function stateOf(frame: Frame, scope: Scope): State {
  const state = scope.level.States[frame.state];
  if (!state) throw new StateError("States.Runtime", `the machine has no state ${frame.state}`);
  return state;
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

interface Extras {
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly token?: string;
  readonly item?: { readonly index: number; readonly value: Json };
}

/** What the expressions of a frame's state may refer to ("$states" and the context object, Amazon States Language). */
export function bindings(frame: Frame, scope: Scope, { token, item = scope.item, ...states }: Extras = {}): Bindings {
  const { execution } = scope;
  const context = {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      Name: execution.name,
      RoleArn: execution.roleArn,
      StartTime: iso(execution.startedAt),
      RedriveCount: execution.redriveCount,
    },
    State: { Name: frame.state, EnteredTime: iso(frame.enteredAt), RetryCount: retryCount(frame) },
    StateMachine: { Id: execution.machineArn, Name: execution.machine },
    ...(token !== undefined && { Task: { Token: token } }),
    ...(item && { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
  return { ...scope.outer, ...frame.variables, states: { input: frame.input, context, ...states } };
}

/** The values of an Assign, each within the limit by itself. */
export async function assignments(assign: Readonly<Record<string, Json>> | undefined, at: string, known: Bindings): Promise<Record<string, Json>> {
  const entries = Object.entries(assign ?? {}).map(async ([name, template]) => {
    const field = `${at}/${name}`;
    return [name, withinLimit(await evaluate(template, field, known), `The variable '${name}'`)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
