import type { Execution } from "#contracts/platform/pipelines.ts";
import { conflict } from "../errors.ts";
import { amend } from "./documents.ts";
import { type ExecutionsContext, findExecution, isEnded, type StoredExecution, shown } from "./executions.ts";
import type { FinishContext } from "./finish.ts";

export interface RetryContext extends Pick<ExecutionsContext, "executions" | "now">, Pick<FinishContext, "endRun"> {
  readonly engine: Pick<ExecutionsContext["engine"], "redrive">;
  /** Lets the MLflow run go on, and its logged model be written; safe to repeat. */
  readonly reopenRun: (runId: string) => Promise<void>;
}

/** For so long after its end Step Functions goes on with an execution (Step Functions developer guide, "Redriving executions"). */
const redrivableMs = 14 * 86_400_000;

/** @throws DomainError RESOURCE_CONFLICT that says why not */
function checkRetriable({ name, status, isFinished, retryFrom, endedAt = 0 }: StoredExecution, now: number): void {
  if (status !== "failed") throw conflict(`execution ${name} is ${status}, only a failed one can be retried`);
  if (isFinished !== true) throw conflict(`execution ${name} is still being closed, retry it in a moment`);
  if (retryFrom === undefined) throw conflict(`execution ${name} cannot be retried: no step is left to go on at, start it again instead`);
  if (now - endedAt > redrivableMs) throw conflict(`execution ${name} ended more than 14 days ago, start it again instead`);
}

function reopened({ endedAt: _endedAt, outcome: _outcome, isFinished: _finished, retryFrom: _step, ...rest }: StoredExecution, now: number): StoredExecution {
  return { ...rest, status: "running", retries: (rest.retries ?? 0) + 1, retriedAt: now };
}

/**
 * Lets a failed execution go on at the step that failed; what it did before stays done. Its machine waits for the pipeline's slot, as at the beginning.
 * Repeated while it runs again it changes nothing, and does what a call that was killed in between has left.
 */
export async function retryExecution(ctx: RetryContext, name: string): Promise<Execution> {
  const before = await findExecution(ctx, name);
  const isRetried = !isEnded(before) && before.retries !== undefined;
  if (!isRetried) checkRetriable(before, ctx.now());
  const open = isRetried ? before : await amend(ctx.executions, name, (it) => (it.status === before.status ? reopened(it, ctx.now()) : it));
  if (!open) return shown(before);
  if (open.runId !== undefined) await ctx.reopenRun(open.runId);
  if ((await ctx.engine.redrive(name)) || isRetried) return shown(open);
  await amend(ctx.executions, name, (it) => (it.retriedAt === open.retriedAt && !isEnded(it) ? before : it));
  if (open.runId !== undefined) await ctx.endRun(open.runId, "FAILED", new Map());
  throw conflict(`execution ${name} cannot be retried: Step Functions goes on with it no more, start it again instead`);
}
