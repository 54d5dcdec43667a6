import { randomUUID } from "node:crypto";
import type { Json } from "#statemachines/definition.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { Change, LocalTable } from "../local-table.ts";
import type { At } from "../timers.ts";
import { type Execution, type ExecutionSummary, executionStore, type ListSelection, liveFrames, redriven } from "./executions.ts";
import { fits, payloadLimit } from "./expressions.ts";
import { type Frame, newFrame, rootId } from "./frame.ts";
import { executionRedriven, executionStarted, type HistoryEvent } from "./history.ts";
import { taskDone, taskLost } from "./interpret.ts";
import { type LoadedMachine, readMachine } from "./load-machine.ts";
import { openRun, type Run, roleOf } from "./run.ts";
import type { Failure } from "./state-error.ts";
import type { Perform } from "./tasks.ts";
import { newToken, readToken } from "./tokens.ts";

export interface EngineDeps {
  readonly table: LocalTable;
  readonly machines: readonly LoadedMachine[];
  /** Performs tasks; it is given the engine, since some tasks start executions. */
  readonly perform: (engine: StatesEngine) => Perform;
  readonly now: () => number;
  readonly at: At;
  readonly random: () => number;
  /** Rows to write in the same transaction as an execution's end. */
  readonly outbox?: (execution: Execution) => readonly Change[];
  /** Hears of executions that have ended, after it is kept. */
  readonly ended?: (execution: Execution) => void;
}

export interface Start {
  readonly machine: string;
  /** @default a new UUID */
  readonly name?: string | undefined;
  readonly input: Json;
  /** The task that starts it: asked again by the same task, the same execution is answered whatever has become of it. */
  readonly startedBy?: string;
}

/** Runs state machines as Step Functions does, and goes on with them after a restart. Refusals are {@link AwsError} under Step Functions' names. */
export interface StatesEngine {
  readonly machines: readonly LoadedMachine[];
  /** Idempotent by name while the execution runs with the same input. When it answers, the execution is kept. */
  start(request: Start): Promise<Execution>;
  find(key: string): Promise<Execution>;
  list(machine: string, selection: ListSelection): Promise<readonly ExecutionSummary[]>;
  events(key: string, from: number, limit?: number): Promise<readonly HistoryEvent[]>;
  abort(key: string, failure: Failure): Promise<Execution>;
  /** Runs what did not succeed again. */
  redrive(key: string): Promise<Execution>;
  succeed(token: string, output: Json): Promise<void>;
  fail(token: string, failure: Failure): Promise<void>;
  heartbeat(token: string): Promise<void>;
  /** The execution as it is when it has ended. */
  whenEnded(key: string): Promise<Execution>;
  /** Goes on with every execution that ran when the platform stopped. */
  resume(): Promise<void>;
  /** Lets go of timers; executions go on with the next {@link resume}. */
  stop(): Promise<void>;
}

const reloadMilliseconds = 1_000;

export function statesEngine(deps: EngineDeps): StatesEngine {
  const { now, at, random } = deps;
  const store = executionStore(deps.table);
  const byName = new Map(deps.machines.map((machine) => [machine.name, machine]));
  const kept = new Set<string>();
  const runs = new Map<string, Run>();
  const waiting = new Map<string, ((execution: Execution) => void)[]>();
  let stopped = false;

  function ended(execution: Execution): void {
    runs.delete(execution.key);
    for (const tell of waiting.get(execution.key) ?? []) tell(execution);
    waiting.delete(execution.key);
    deps.ended?.(execution);
  }
  /** Forgets what is in memory and begins again from what is kept, until the table answers. */
  function broken(key: string): void {
    runs.delete(key);
    if (!stopped) at(now() + reloadMilliseconds, () => void load(key).catch(() => broken(key)));
  }
  function open(execution: Execution, frames: Map<string, Frame>, machine: LoadedMachine, lastEventId: number, repeated: boolean): void {
    if (stopped) return;
    const run = openRun(execution, frames, machine.definition, lastEventId, { store, perform, at, now, random, newToken, outbox, ended, broken }, repeated);
    runs.set(execution.key, run);
    run.begin();
  }
  const outbox = deps.outbox ?? (() => []);

  async function load(key: string): Promise<void> {
    const execution = await store.find(key);
    if (execution?.status !== "RUNNING" || runs.has(key)) return;
    const text = await store.definition(execution.digest);
    const frames = await store.frames(key);
    if (text === undefined) throw new Error(`the definition that ${key} began with is gone`);
    const lastEventId = Math.max(0, ...frames.map((frame) => frame.lastEventId));
    open(execution, liveFrames(frames), readMachine(execution.machine, text), lastEventId, true);
  }
  async function find(key: string): Promise<Execution> {
    const execution = runs.get(key)?.execution() ?? (await store.find(key));
    if (!execution) throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${key}'`);
    return execution;
  }
  /** The execution's run; while what is kept is being read again after a failure of the table, callers are asked to come back. */
  async function runOf(key: string): Promise<Run | undefined> {
    const run = runs.get(key);
    if (!run && (await store.find(key))?.status === "RUNNING") throw new AwsError("ServiceUnavailable", "the execution is being taken up again", 503);
    return run;
  }
  async function deliver(token: string, change: Parameters<Run["deliver"]>[2]): Promise<void> {
    const { key, frame } = readToken(token);
    const taken = (await (await runOf(key))?.deliver(frame, token, change)) ?? false;
    if (!taken) throw new AwsError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }
  function machineFor(name: string): LoadedMachine {
    const machine = byName.get(name);
    if (!machine) throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${name}'`);
    return machine;
  }

  const engine: StatesEngine = {
    machines: deps.machines,
    async start({ machine: machineName, name = randomUUID(), input, startedBy }) {
      const machine = machineFor(machineName);
      if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{C}]{1,80}$/u.test(name)) throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
      if (!fits(input)) throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: at most ${payloadLimit} bytes`);
      if (!kept.has(machine.digest)) await store.keepDefinition(machine.digest, machine.text);
      kept.add(machine.digest);
      const key = `${machine.name}:${name}`;
      const startedAt = now();
      const execution: Execution = {
        key,
        machine: machine.name,
        name,
        digest: machine.digest,
        input,
        status: "RUNNING",
        startedAt,
        redriveCount: 0,
        ...(startedBy !== undefined && { startedBy }),
      };
      const frame = { ...newFrame(rootId, machine.definition.StartAt, input, startedAt), lastEventId: 1 };
      const events = [{ ...executionStarted(input, roleOf(machine.name)), id: 1, previousEventId: 0, timestamp: startedAt }];
      if (await store.begin({ key, frame, events, execution })) {
        open(execution, new Map([[rootId, frame]]), machine, 1, false);
        return execution;
      }
      const existing = await find(key);
      const same = existing.status === "RUNNING" && JSON.stringify(existing.input) === JSON.stringify(input);
      if (same || (startedBy !== undefined && existing.startedBy === startedBy)) return existing;
      throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${key}'`);
    },
    find,
    list: async (machine, selection) => await store.list(machineFor(machine).name, selection),
    async events(key, from, limit) {
      await find(key);
      return await store.events(key, from, limit);
    },
    async abort(key, failure) {
      const execution = await find(key);
      return (await (await runOf(key))?.end("ABORTED", failure)) ?? execution;
    },
    async redrive(key) {
      const execution = await find(key);
      if (execution.status === "RUNNING" || execution.status === "SUCCEEDED")
        throw new AwsError("ExecutionNotRedrivable", `Execution is not redrivable: it is ${execution.status}`);
      const text = await store.definition(execution.digest);
      const before = await store.frames(key);
      const frames = redriven(before);
      const root = frames.find(({ id }) => id === rootId);
      if (!root || text === undefined) throw new AwsError("ExecutionNotRedrivable", "Execution is not redrivable: nothing is left of where it stood");
      const { output: _output, failure: _failure, stoppedAt: _stoppedAt, ...rest } = execution;
      const redrivenAt = now();
      const again: Execution = { ...rest, status: "RUNNING", redriveCount: execution.redriveCount + 1, redrivenAt };
      await store.replace(key, frames);
      const lastEventId = Math.max(0, ...before.map((frame) => frame.lastEventId));
      const event = { ...executionRedriven(again.redriveCount), id: lastEventId + 1, previousEventId: root.lastEventId, timestamp: redrivenAt };
      const frame = { ...root, lastEventId: event.id };
      await store.commit({ key, frame, events: [event], execution: again });
      open(again, new Map([...frames.map((one) => [one.id, one] as const), [rootId, frame]]), readMachine(execution.machine, text), event.id, true);
      return again;
    },
    succeed: async (token, output) => await deliver(token, (frame, scope) => taskDone(frame, scope, output)),
    fail: async (token, failure) => await deliver(token, (frame, scope) => taskLost(frame, scope, failure)),
    heartbeat: async (token) =>
      await deliver(token, (frame) => {
        const { phase } = frame;
        if (phase.kind !== "task" || phase.heartbeatSeconds === undefined) return { frame, events: [] };
        return { frame: { ...frame, phase: { ...phase, heartbeatBy: now() + phase.heartbeatSeconds * 1000 } }, events: [] };
      }),
    async whenEnded(key) {
      const end = new Promise<Execution>((resolve) => waiting.set(key, [...(waiting.get(key) ?? []), resolve]));
      const execution = await find(key);
      return execution.status === "RUNNING" ? await end : execution;
    },
    async resume() {
      for (const key of await store.running()) await load(key).catch(() => broken(key));
    },
    async stop() {
      stopped = true;
      await Promise.all([...runs.values()].map((run) => run.close()));
      runs.clear();
    },
  };
  const perform = deps.perform(engine);
  return engine;
}
