import type { Admission } from "#contracts/platform/pipeline-tasks.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { conflict } from "../errors.ts";
import { findExecution, isEnded, newExecution, noteProgress, type StoredExecution } from "./executions.ts";
import { type SlotsContext, takeSlot } from "./slots.ts";

/** What an execution writes to while it works. */
export interface Workplace {
  readonly runId: string;
  readonly loggedModelId: string;
  /** The logged model as the registry's source, `models:/m-...`. */
  readonly source: string;
  /** Its artifact folder, `s3://...`. */
  readonly outputPrefix: string;
}

export interface AdmissionContext extends SlotsContext {
  /** Makes experiment, run and logged model; a repeat with the run id that was made finds them again. */
  readonly openWorkplace: (execution: string, request: TrainingRequest, known: { readonly runId?: string | undefined }) => Promise<Workplace>;
}

/** What has ended waits for no slot either. */
function checkOpen(execution: StoredExecution): void {
  if (isEnded(execution)) throw conflict(`execution ${execution.name} has ended: ${[execution.status, execution.outcome].filter(Boolean).join(": ")}`);
}

/**
 * Lets an execution begin, or go on after an approval or a retry, when its pipeline is free. The document is written here too, for executions that were not
 * started through the API. Repeating it answers with the same run and model; killed in between, it may leave one empty run behind.
 * @throws DomainError when the execution has ended meanwhile; then nothing is held
 */
export async function admit(ctx: AdmissionContext, execution: string, request: TrainingRequest): Promise<Admission> {
  await ctx.executions.insert(newExecution(execution, request, ctx.now()));
  checkOpen(await findExecution(ctx, execution));
  if (!(await takeSlot(ctx, request.pipeline, execution))) return { admitted: false };
  const found = await findExecution(ctx, execution);
  if (isEnded(found)) await ctx.slots.release(request.pipeline, execution);
  checkOpen(found);
  const workplace = await ctx.openWorkplace(execution, request, { runId: found.runId });
  if (found.runId === undefined) await noteProgress(ctx, execution, { runId: workplace.runId });
  return { admitted: true, ...workplace, rolloutId: execution };
}
