import type * as z from "zod";
import type { FinishInput } from "#contracts/platform/pipeline-tasks.ts";
import type { Execution } from "#contracts/platform/pipelines.ts";
import { doesNotExist } from "../errors.ts";
import { expireApproval, type StoredApproval } from "./approvals.ts";
import { amend, type DocumentStore } from "./documents.ts";
import { isEnded, type StoredExecution, shown } from "./executions.ts";
import { outcomeOf } from "./outcome.ts";
import type { SlotStore } from "./slots.ts";

export interface FinishContext {
  readonly executions: DocumentStore<StoredExecution>;
  readonly approvals: DocumentStore<StoredApproval>;
  readonly slots: SlotStore;
  /** Ends the MLflow run, and a logged model that got no files; what has ended stays as it is. */
  readonly endRun: (runId: string, status: "FINISHED" | "FAILED" | "KILLED", tags: ReadonlyMap<string, string>) => Promise<void>;
  readonly announce: (execution: Execution) => Promise<void>;
  readonly now: () => number;
}

export type Ending = Pick<Execution, "status" | "modelVersion" | "rolloutId" | "retryFrom"> & { readonly outcome: string };

/** What the machine's last state says of an execution. */
export const endingOf = ({ outcome: { status, reason, step, failure }, modelVersion, rolloutId }: z.output<typeof FinishInput>): Ending => ({
  status,
  outcome: outcomeOf(reason, failure),
  ...(status === "failed" && step !== null && { retryFrom: step }),
  ...(modelVersion !== null && { modelVersion }),
  ...(rolloutId !== null && { rolloutId }),
});

const runStatus = { succeeded: "FINISHED", rejected: "FINISHED", failed: "FAILED", stopped: "KILLED", running: "FAILED" } as const satisfies Record<
  Execution["status"],
  string
>;

/** Marks the end of an execution; one that has ended keeps its first ending. */
async function endExecution({ executions, now }: FinishContext, name: string, ending: Ending): Promise<StoredExecution> {
  const ended = await amend(executions, name, (it) => (isEnded(it) ? it : { ...it, ...ending, endedAt: now() }));
  if (!ended) throw doesNotExist(`execution ${name} not found`);
  return ended;
}

/**
 * Ends an execution: document, run, approval, slot, event, in this order, so that a repeat after any crash does what is left. Whoever takes a slot
 * reads the document afterwards: a slot that is taken while this runs is given back there.
 */
export async function finish(ctx: FinishContext, name: string, ending: Ending): Promise<Execution> {
  const ended = await endExecution(ctx, name, ending);
  const execution = shown(ended);
  if (ended.isFinished === true) return execution;
  if (execution.runId !== undefined) await ctx.endRun(execution.runId, runStatus[execution.status], new Map([["capstan.outcome", execution.outcome ?? ""]]));
  await expireApproval(ctx, name, `the execution has ended: ${execution.status}`);
  await ctx.slots.release(execution.pipeline, name);
  await ctx.announce(execution);
  await amend(ctx.executions, name, (it) => (it.isFinished === true ? it : { ...it, isFinished: true }));
  return execution;
}
