import type { StepLogs } from "#contracts/platform/step-logs.ts";
import { doesNotExist, invalid } from "../errors.ts";
import { type ExecutionsContext, findExecution } from "./executions.ts";
import { type LogEvent, lineOf } from "./log-lines.ts";
import type { Worker } from "./steps.ts";

/** Whose lines are meant: those that a function wrote for a step of an execution, or all of a training job. */
export interface LogSource extends Worker {
  readonly executionId: string;
  readonly step: string;
}

/** Where functions and training jobs write to. */
export interface LogReader {
  /** The newest `limit` lines with `from <= at < to`, in the order in which they were written; none where they are kept no more. */
  newest(source: LogSource, from: number, to: number, limit: number): Promise<readonly LogEvent[]>;
}

export interface LogsContext extends ExecutionsContext {
  readonly logs: LogReader;
}

/** Services stamp lines when they take them in: a little before a step's own times, and up to some seconds after. */
const before = 2_000;
const after = 15_000;

/** A page's end: lines of that very millisecond that later pages have shown are left out. */
interface End {
  readonly to: number;
  readonly seen: number;
}

function readToken(token: string): End {
  const [, to, seen] = /^(\d{1,15})\.(\d{1,6})$/.exec(token) ?? [];
  if (to === undefined || seen === undefined) throw invalid(`pageToken must come from a previous page, got ${token}`);
  return { to: Number(to), seen: Number(seen) };
}

/** The token for what lies before the oldest line of a page. */
function tokenBefore(page: readonly LogEvent[], { to, seen }: End): string {
  const oldest = page[0]?.at ?? 0;
  const same = page.filter(({ at }) => at === oldest).length;
  return `${oldest + 1}.${same + (to === oldest + 1 ? seen : 0)}`;
}

/**
 * What a step has written, in pages from the newest backwards.
 * @param position among the execution's steps, from 0
 * @throws DomainError RESOURCE_DOES_NOT_EXIST where there is no such execution or step
 */
export async function readStepLogs(ctx: LogsContext, name: string, position: number, limit: number, pageToken?: string): Promise<StepLogs> {
  await findExecution(ctx, name);
  const steps = await ctx.engine.steps(name);
  const found = steps[position];
  if (!found) throw doesNotExist(`execution ${name} has ${steps.length} steps, got position ${position}`);
  const { step, workers } = found;
  const [worker] = workers;
  if (!worker) return { lines: [], source: "none" };
  const end = pageToken === undefined ? { to: (step.endedAt ?? ctx.now()) + after, seen: 0 } : readToken(pageToken);
  const wanted = limit + end.seen + 1;
  const sources = workers.map((one): LogSource => ({ ...one, executionId: name, step: step.name }));
  const read = await Promise.all(sources.map((source) => ctx.logs.newest(source, step.startedAt - before, end.to, wanted)));
  const events = read
    .flat()
    .sort((a, b) => a.at - b.at)
    .slice(-wanted);
  const left = events.slice(0, events.length - end.seen);
  const page = left.slice(-limit);
  return { lines: page.map(lineOf), source: worker.kind, ...(left.length > page.length && { nextPageToken: tokenBefore(page, end) }) };
}
