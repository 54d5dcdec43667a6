import type { Execution } from "#contracts/platform/pipelines.ts";
import type { DocumentStore } from "./documents.ts";
import { type Ending, endExecution, type StoredExecution } from "./executions.ts";
import type { SlotStore } from "./slots.ts";

export interface FinishContext {
  readonly executions: DocumentStore<StoredExecution>;
  readonly slots: SlotStore;
  /** Ends the MLflow run; one that has ended stays as it is. */
  readonly endRun: (runId: string, status: "FINISHED" | "FAILED" | "KILLED", tags: ReadonlyMap<string, string>) => Promise<void>;
  readonly announce: (execution: Execution) => Promise<void>;
  readonly now: () => number;
}

const runStatus = { succeeded: "FINISHED", rejected: "FINISHED", failed: "FAILED", stopped: "KILLED", running: "FAILED" } as const satisfies Record<
  Execution["status"],
  string
>;

/** Ends an execution: document, run, slot, event, in this order, so that a repeat after any crash finishes what is left. */
export async function finish(ctx: FinishContext, name: string, ending: Ending): Promise<void> {
  const { request, ...execution } = await endExecution(ctx, name, ending);
  if (execution.runId !== undefined) await ctx.endRun(execution.runId, runStatus[execution.status], new Map([["capstan.outcome", execution.outcome ?? ""]]));
  await ctx.slots.release(request.pipeline, name);
  await ctx.announce(execution);
}
