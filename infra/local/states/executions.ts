import type { Json } from "#statemachines/definition.ts";
import type { Change, LocalTable } from "../local-table.ts";
import { type Frame, placeOf } from "./frame.ts";
import type { HistoryEvent } from "./history.ts";
import type { Failure } from "./state-error.ts";

export type Status = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** An execution as it is kept. Times are epoch milliseconds. */
export interface Execution {
  /** `<machine>:<name>`. */
  readonly key: string;
  readonly machine: string;
  readonly name: string;
  /** Of the definition that it began with. */
  readonly digest: string;
  readonly input: Json;
  readonly status: Status;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly output?: Json;
  readonly failure?: Failure;
  readonly redriveCount: number;
  readonly redrivenAt?: number;
  /** The task, in another execution, that started it. */
  readonly startedBy?: string;
}

/** What a list of executions shows. */
export type ExecutionSummary = Pick<Execution, "key" | "machine" | "name" | "status" | "startedAt" | "stoppedAt" | "redriveCount">;

/** One move of an execution: where a frame stands now, what happened, and the execution itself where that changed. */
export interface Move {
  readonly key: string;
  readonly frame: Frame;
  readonly events: readonly HistoryEvent[];
  readonly execution?: Execution;
  /** Written in the same transaction. */
  readonly also?: readonly Change[];
}

const partition = (key: string) => `EXECUTION#${key}`;
const eventKey = (id: number) => `EVENT#${String(id).padStart(6, "0")}`;
const timeKey = ({ startedAt, name }: Pick<Execution, "startedAt" | "name">) => `START#${new Date(startedAt).toISOString()}#${name}`;

const frameRow = (key: string, frame: Frame): Change => ({ put: { pk: partition(key), sk: `FRAME#${frame.id}`, body: frame } });
function eventsRow(key: string, events: readonly HistoryEvent[]): Change[] {
  const last = events.at(-1);
  return last ? [{ put: { pk: partition(key), sk: eventKey(last.id), body: events } }] : [];
}
function executionRows(execution: Execution, when?: "absent"): Change[] {
  const { key, machine, name, status, startedAt, stoppedAt, redriveCount } = execution;
  const summary: ExecutionSummary = { key, machine, name, status, startedAt, redriveCount, ...(stoppedAt !== undefined && { stoppedAt }) };
  const running = { pk: "RUNNING", sk: key };
  return [
    { put: { pk: partition(key), sk: "META", body: execution }, ...(when && { when }) },
    { put: { pk: `MACHINE#${machine}`, sk: timeKey(execution), body: summary } },
    status === "RUNNING" ? { put: { ...running, body: {} } } : { remove: running },
  ];
}

export interface ListSelection {
  readonly limit: number;
  readonly status?: Status | undefined;
  /** The summary to go on behind. */
  readonly before?: ExecutionSummary | undefined;
}

/** Rows that a list reads at once. */
const listPage = 200;

export interface ExecutionStore {
  /** @returns false where the machine has an execution of this name already */
  begin(move: Move & { readonly execution: Execution }): Promise<boolean>;
  commit(move: Move): Promise<void>;
  find(key: string): Promise<Execution | undefined>;
  frames(key: string): Promise<readonly Frame[]>;
  /** Keys of the executions that run. */
  running(): Promise<readonly string[]>;
  /** The newest first. */
  list(machine: string, selection: ListSelection): Promise<readonly ExecutionSummary[]>;
  /** Events from an id on, in order: at least one while there is any, about `limit` at most. */
  events(key: string, from: number, limit?: number): Promise<readonly HistoryEvent[]>;
  /** Puts frames where they were before they failed; safe to repeat before the execution itself is redriven. */
  replace(key: string, frames: readonly Frame[]): Promise<void>;
  /** Forgets the frames inside one visit of a frame, or of the whole execution. */
  forget(key: string, parent?: { readonly id: string; readonly visit: number }): Promise<void>;
  keepDefinition(digest: string, text: string): Promise<void>;
  definition(digest: string): Promise<string | undefined>;
}

/** Executions in the table `local`: one transaction a move, two to three rows each; the history is never rewritten. */
export const executionStore = (table: LocalTable): ExecutionStore => ({
  begin: async ({ key, frame, events, execution }) =>
    await table.write([...executionRows(execution, "absent"), frameRow(key, frame), ...eventsRow(key, events)]),
  async commit({ key, frame, events, execution, also = [] }) {
    await table.write([frameRow(key, frame), ...eventsRow(key, events), ...(execution ? executionRows(execution) : []), ...also]);
  },
  find: async (key) => (await table.get(partition(key), "META")) as Execution | undefined,
  frames: async (key) => (await table.query(partition(key), { prefix: "FRAME#" })).map(({ body }) => body as Frame),
  running: async () => (await table.query("RUNNING")).map(({ sk }) => sk),
  async list(machine, { limit, status, before }) {
    const found: ExecutionSummary[] = [];
    let last = before && timeKey(before);
    for (let more = true; more && found.length < limit; ) {
      const rows = await table.query(`MACHINE#${machine}`, { prefix: "START#", reverse: true, limit: listPage, ...(last !== undefined && { to: last }) });
      const next = rows.filter(({ sk }) => sk !== last);
      found.push(...next.map(({ body }) => body as ExecutionSummary).filter((one) => status === undefined || one.status === status));
      more = rows.length === listPage;
      last = rows.at(-1)?.sk;
    }
    return found.slice(0, limit);
  },
  async events(key, from, limit) {
    const rows = await table.query(partition(key), { prefix: "EVENT#", from: eventKey(from), ...(limit !== undefined && { limit: Math.max(limit, 20) }) });
    return rows.flatMap(({ body }) => body as HistoryEvent[]).filter(({ id }) => id >= from);
  },
  async replace(key, frames) {
    for (const frame of frames) await table.write([frameRow(key, frame)]);
  },
  forget: async (key, parent) => await table.clear(partition(key), parent ? `FRAME#${parent.id}.${parent.visit}.` : "FRAME#"),
  keepDefinition: async (digest, text) => void (await table.write([{ put: { pk: "DEFINITION", sk: digest, body: text } }])),
  definition: async (digest) => (await table.get("DEFINITION", digest)) as string | undefined,
});

/** The frames that still count: those whose parent is in the visit that they belong to. */
export function liveFrames(frames: readonly Frame[]): Map<string, Frame> {
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  const lives = (frame: Frame): boolean => {
    const place = placeOf(frame.id);
    if (!place) return true;
    const parent = byId.get(place.parent);
    return parent?.phase.kind === "children" && parent.visit === place.visit && lives(parent);
  };
  return new Map(frames.filter(lives).map((frame) => [frame.id, frame]));
}

const restored = (frame: Frame): Frame => {
  if (frame.phase.kind === "done" || frame.phase.kind === "children") return frame;
  if (frame.phase.kind === "failed" && frame.phase.was.kind === "children") return { ...frame, visit: frame.visit - 1, phase: frame.phase.was };
  return { ...frame, visit: frame.visit + 1, retries: [], phase: { kind: "ready" } };
};

/** The frames of an execution that ended without success, put back so that only what did not succeed runs again. */
export const redriven = (frames: readonly Frame[]): Frame[] => [...liveFrames(frames.map(restored)).values()];
