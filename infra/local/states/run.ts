import type { Definition, Json } from "#statemachines/definition.ts";
import type { Change } from "../local-table.ts";
import type { At } from "../timers.ts";
import { endingOf } from "./endings.ts";
import { resourceOf } from "./enter.ts";
import type { Execution, ExecutionStore } from "./executions.ts";
import { type Frame, isEnded, limitsOf, placeOf, rootId } from "./frame.ts";
import { type EventDraft, executionEnded } from "./history.ts";
import { advance, taskDone, taskLost, taskPassedOn, timeIsUp } from "./interpret.ts";
import { executionArn, machineArn } from "./names.ts";
import { type Scope, type Step, stateOf } from "./scope.ts";
import { scopeOf } from "./scopes.ts";
import { settle } from "./settle.ts";
import type { Failure } from "./state-error.ts";
import { lambdaFailure, type Perform } from "./tasks.ts";

export interface RunDeps {
  readonly store: ExecutionStore;
  readonly perform: Perform;
  readonly at: At;
  readonly now: () => number;
  readonly random: () => number;
  readonly newToken: (key: string, frame: Frame) => string;
  /** Rows to write in the same transaction as a change of status. */
  readonly outbox: (execution: Execution) => readonly Change[];
  readonly ended: (execution: Execution) => void;
  /** The table did not answer: what is in memory is no longer to be trusted. */
  readonly broken: (key: string, error: unknown) => void;
}

/** A running execution in memory: frames move one at a time, each move is kept before what follows from it begins. */
export interface Run {
  readonly execution: () => Execution;
  /** Takes up every frame where it stands. */
  begin(): void;
  /** Moves the frame that waits for this token. @returns false where none does */
  deliver(frameId: string, token: string, move: (frame: Frame, scope: Scope) => Promise<Step> | Step): Promise<boolean>;
  /** Ends the execution from outside. @returns the execution as it is then */
  end(status: "ABORTED" | "TIMED_OUT", failure: Failure): Promise<Execution>;
  /** Lets go of timers; what is kept stays as it is. */
  close(): Promise<void>;
}

/** Step Functions' limit of an execution's history. */
const mostEvents = 25_000;
const never = async (): Promise<undefined> => undefined;

export function openRun(first: Execution, frames: Map<string, Frame>, definition: Definition, lastId: number, deps: RunDeps, repeated: boolean): Run {
  const { store, at, now } = deps;
  const { key } = first;
  let execution = first;
  let lastEventId = lastId;
  let closed = false;
  let tail: Promise<unknown> = Promise.resolve();
  const armed = new Map<string, (() => void)[]>();
  const performing = new Map<string, { readonly visit: number; readonly abort: AbortController; answered: boolean }>();

  /** One piece of work at a time; a failure of it means that the table and the memory may differ. */
  const serial = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    tail = result.catch(never);
    return result;
  };
  /** As {@link serial}, for work that someone waits for: they hear of the failure as well. */
  const inForeground = async <T>(work: () => Promise<T>): Promise<T> =>
    await serial(work).catch((error: unknown) => {
      lose(error);
      throw error;
    });
  const inBackground = (work: () => Promise<unknown>): void => {
    void serial(async () => (closed ? undefined : await work())).catch(lose);
  };
  const scope = (frame: Frame): Scope => scopeOf(frame, frames, definition, facts(execution), deps, (one) => deps.newToken(key, one));

  function lose(error: unknown): void {
    if (closed) return;
    letGo(false);
    deps.broken(key, error);
  }
  function disarm(id: string, visit?: number): void {
    for (const cancel of armed.get(id) ?? []) cancel();
    armed.delete(id);
    const call = performing.get(id);
    if (call && call.visit !== visit) {
      performing.delete(id);
      if (!call.answered) call.abort.abort();
    }
  }
  /** @param cancel whether what is under way outside has become pointless */
  function letGo(cancel: boolean): void {
    closed = true;
    if (!cancel) performing.clear();
    for (const id of new Set([...armed.keys(), ...performing.keys()])) disarm(id);
  }

  async function keep(frame: Frame, drafts: readonly EventDraft[], end: Execution | undefined): Promise<void> {
    const timestamp = now();
    const events = drafts.map((draft, index) => {
      const id = lastEventId + 1 + index;
      return { ...draft, id, previousEventId: index === 0 ? frame.lastEventId : id - 1, timestamp };
    });
    const kept = { ...frame, lastEventId: events.at(-1)?.id ?? frame.lastEventId };
    await store.commit({ key, frame: kept, events, ...(end && { execution: end, also: deps.outbox(end) }) });
    lastEventId = events.at(-1)?.id ?? lastEventId;
    frames.set(kept.id, kept);
    if (end) finish(end);
  }

  function finish(end: Execution): void {
    execution = end;
    letGo(true);
    deps.ended(end);
    if (end.status === "SUCCEEDED") void store.forget(key).catch(never);
  }

  function mapState(frame: Frame): string | undefined {
    const parent = frames.get(placeOf(frame.id)?.parent ?? "");
    return parent && stateOf(parent, scope(parent)).Type === "Map" ? parent.state : undefined;
  }

  async function commit({ frame, events }: Step): Promise<void> {
    const { drafts, end } = endingOf(frame, execution, mapState(frame), now());
    if (lastEventId + events.length < mostEvents) return await keep(frame, [...events, ...drafts], end);
    const failure = { error: "States.Runtime", cause: `The execution reached the maximum number of history events (${mostEvents}).` };
    return await keep(frame, [executionEnded("Failed", failure)], { ...execution, status: "FAILED", stoppedAt: now(), failure });
  }

  /** Applies one change to a frame that is still in the visit that the change is meant for. */
  async function move(id: string, visit: number, change: (frame: Frame, scope: Scope) => Promise<Step> | Step | undefined): Promise<boolean> {
    const frame = frames.get(id);
    if (closed || !frame || frame.visit !== visit || isEnded(frame)) return false;
    const step = await change(frame, scope(frame));
    if (!step) return false;
    await commit(step);
    disarm(id, step.frame.visit);
    takeUp(id, false);
    return true;
  }
  const later = (frame: Frame, change: Parameters<typeof move>[2]) => inBackground(() => move(frame.id, frame.visit, change));

  function watchTask(frame: Frame, again: boolean): void {
    const { phase } = frame;
    if (phase.kind !== "task") return;
    const lost = (error: string, cause: string) => later(frame, (one, its) => taskLost(one, its, { error, cause }));
    const { deadline, heartbeatBy } = limitsOf(phase, again, now());
    armed.set(frame.id, [
      ...(deadline === undefined ? [] : [at(deadline, () => lost("States.Timeout", ""))]),
      ...(heartbeatBy === undefined ? [] : [at(heartbeatBy, () => lost("States.HeartbeatTimeout", ""))]),
    ]);
    if (phase.submitted || performing.has(frame.id)) return;
    const state = stateOf(frame, scope(frame));
    if (state.Type !== "Task") return;
    const current = { visit: frame.visit, abort: new AbortController(), answered: false };
    performing.set(frame.id, current);
    const answered = (change: Parameters<typeof move>[2]): void => {
      current.answered = true;
      later(frame, change);
    };
    const { arguments: template, timeoutSeconds, token } = phase;
    const call = { id: `${key}/${frame.id}/${frame.visit}`, resource: resourceOf(state), arguments: template, timeoutSeconds, repeated: again };
    void deps.perform({ ...call, signal: current.abort.signal }).then(
      (result: Json) => answered((one, its) => (token === undefined ? taskDone(one, its, result) : taskPassedOn(one, its, result))),
      (error: unknown) => answered((one, its) => taskLost(one, its, lambdaFailure(error))),
    );
  }

  /** Begins what a frame waits for. */
  function takeUp(id: string, again: boolean): void {
    const frame = frames.get(id);
    if (closed || !frame) return;
    const { phase } = frame;
    if (phase.kind === "ready") later(frame, (one, its) => advance(one, its));
    else if (phase.kind === "wait" || phase.kind === "backoff") armed.set(id, [at(phase.until, () => later(frame, (one, its) => timeIsUp(one, its)))]);
    else if (phase.kind === "task") watchTask(frame, again);
    else inBackground(() => settleAt(phase.kind === "children" ? id : placeOf(id)?.parent));
  }

  async function settleAt(id: string | undefined): Promise<void> {
    const parent = frames.get(id ?? "");
    if (parent?.phase.kind !== "children") return;
    const { started, step } = await settle(parent, frames, scope(parent), now);
    for (const { frame, events } of started) {
      frames.set(frame.id, frame);
      later(frame, (one, its) => advance(one, its, events));
    }
    if (!step) return;
    await commit(step);
    for (const inside of [...frames.keys()].filter((one) => one.startsWith(`${parent.id}.`))) {
      disarm(inside);
      frames.delete(inside);
    }
    if (step.frame.phase.kind !== "failed" && !closed) void store.forget(key, parent).catch(never);
    takeUp(parent.id, false);
  }

  return {
    execution: () => execution,
    begin() {
      const limit = definition.TimeoutSeconds;
      if (limit !== undefined) {
        const timedOut = () => void this.end("TIMED_OUT", { error: "States.Timeout", cause: "" }).catch(never);
        armed.set("", [at((execution.redrivenAt ?? execution.startedAt) + limit * 1000, timedOut)]);
      }
      for (const id of frames.keys()) takeUp(id, repeated);
    },
    deliver: async (frameId, token, change) =>
      await inForeground(async () => {
        const frame = frames.get(frameId);
        if (frame?.phase.kind !== "task" || frame.phase.token !== token) return false;
        return await move(frameId, frame.visit, change);
      }),
    end: async (status, failure) =>
      await inForeground(async () => {
        const root = frames.get(rootId);
        if (execution.status === "RUNNING" && root && !closed)
          await keep(root, [executionEnded(status === "ABORTED" ? "Aborted" : "TimedOut", failure)], { ...execution, status, stoppedAt: now(), failure });
        return execution;
      }),
    async close() {
      letGo(false);
      await tail;
    },
  };
}

const facts = ({ machine, name, input, startedAt, redriveCount }: Execution) => ({
  arn: executionArn(machine, name),
  name,
  input,
  startedAt,
  redriveCount,
  machine,
  machineArn: machineArn(machine),
  roleArn: roleOf(machine),
});
/** The laptop checks no permissions; the field exists because expressions may read it. */
export const roleOf = (machine: string) => `arn:aws:iam::000000000000:role/${machine}`;
