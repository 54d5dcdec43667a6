import type { Json } from "#statemachines/definition.ts";
import type { Failure } from "./state-error.ts";

/** What a frame is doing in its state. */
export type Phase =
  /** About to enter the state. */
  | { readonly kind: "ready" }
  /** A task is under way; times are epoch milliseconds. */
  | {
      readonly kind: "task";
      readonly arguments: Json;
      readonly token?: string;
      /** The call that carries the token has been made: what is left is to wait. */
      readonly submitted: boolean;
      readonly timeoutSeconds?: number;
      readonly deadline?: number;
      readonly heartbeatSeconds?: number;
      readonly heartbeatBy?: number;
    }
  | { readonly kind: "wait"; readonly until: number }
  /** Waits to try the state again. */
  | { readonly kind: "backoff"; readonly until: number }
  /** The levels inside the state run, one child frame each. */
  | { readonly kind: "children"; readonly inputs: readonly Json[]; readonly concurrency: number; readonly tolerated: number; readonly items?: readonly Json[] }
  | { readonly kind: "done"; readonly output: Json }
  | { readonly kind: "failed"; readonly failure: Failure; readonly was: Phase };
export type PhaseOf<K extends Phase["kind"]> = Extract<Phase, { readonly kind: K }>;

/**
 * One running level of a machine: the machine itself (`0`), a branch or an iteration (`<parent>.<the parent's visit>.<index>`).
 * Together the frames of an execution are all that is needed to go on with it.
 */
export interface Frame {
  readonly id: string;
  readonly state: string;
  readonly input: Json;
  readonly variables: Readonly<Record<string, Json>>;
  /** Grows whenever the frame begins something new: a signal that names an older visit comes too late. */
  readonly visit: number;
  readonly enteredAt: number;
  /** Attempts used of each of the state's retriers. */
  readonly retries: readonly number[];
  readonly lastEventId: number;
  readonly phase: Phase;
}

export const rootId = "0";
export const childId = (parent: Frame, index: number) => `${parent.id}.${parent.visit}.${index}`;
/** The frame that a child stands in, the visit it belongs to, and its place there; undefined for the root. */
export function placeOf(id: string): { readonly parent: string; readonly visit: number; readonly index: number } | undefined {
  const parts = id.split(".");
  if (parts.length < 3) return undefined;
  return { parent: parts.slice(0, -2).join("."), visit: Number(parts.at(-2)), index: Number(parts.at(-1)) };
}

export const retryCount = (frame: Frame) => frame.retries.reduce((sum, used) => sum + used, 0);
export const isEnded = (frame: Frame | undefined) => frame?.phase.kind === "done" || frame?.phase.kind === "failed";

export const newFrame = (id: string, state: string, input: Json, now: number): Frame => ({
  id,
  state,
  input,
  variables: {},
  visit: 0,
  enteredAt: now,
  retries: [],
  lastEventId: 0,
  phase: { kind: "ready" },
});

/**
 * When a task's time is over. After a restart the attempt of a task that answers itself begins anew, and its time with it; one that waits for a
 * token went on outside, but no heartbeat could get through: it has a full interval from now.
 */
export function limitsOf({ token, deadline, timeoutSeconds = 0, heartbeatBy, heartbeatSeconds = 0 }: PhaseOf<"task">, restarted: boolean, now: number) {
  if (!restarted) return { deadline, heartbeatBy };
  return {
    deadline: deadline === undefined || token !== undefined ? deadline : now + timeoutSeconds * 1000,
    heartbeatBy: heartbeatBy === undefined ? undefined : Math.max(heartbeatBy, now + heartbeatSeconds * 1000),
  };
}
