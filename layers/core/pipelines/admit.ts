import type { Admission } from "#contracts/platform/pipeline-tasks.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import type { DocumentStore } from "./documents.ts";
import { findExecution, newExecution, noteProgress, type StoredExecution } from "./executions.ts";
import type { SlotStore } from "./slots.ts";

/** What an execution writes to while it works. */
export interface Workplace {
  readonly runId: string;
  readonly loggedModelId: string;
  /** The logged model as the registry's source, `models:/m-...`. */
  readonly source: string;
  /** Its artifact folder, `s3://...`. */
  readonly outputPrefix: string;
}

export interface AdmissionContext {
  readonly executions: DocumentStore<StoredExecution>;
  readonly slots: SlotStore;
  /** Makes experiment, run and logged model; a repeat with the run id that was made finds them again. */
  readonly openWorkplace: (execution: string, request: TrainingRequest, known: { readonly runId?: string | undefined }) => Promise<Workplace>;
  readonly now: () => number;
}

/** Longer than any execution takes without a person: the lease of one that vanished ends by itself. */
const leaseMs = 6 * 3_600_000;

/** SHA-256 names differ in their first digits; an execution's own name is unique already and is the rollout's too. */
const rolloutIdOf = (execution: string) => execution.slice(0, 64);

/**
 * Lets an execution begin when its pipeline is free. The document is written here too, for executions that were not started through the API.
 * Repeating it answers with the same run and model; killed in between, it may leave one empty run behind.
 */
export async function admit(ctx: AdmissionContext, execution: string, request: TrainingRequest): Promise<Admission> {
  const now = ctx.now();
  await ctx.executions.insert(newExecution(execution, request, now));
  if (!(await ctx.slots.take(request.pipeline, execution, now, now + leaseMs))) return { admitted: false };
  const { runId: known } = await findExecution(ctx, execution);
  const workplace = await ctx.openWorkplace(execution, request, { runId: known });
  if (known === undefined) await noteProgress(ctx, execution, { runId: workplace.runId });
  return { admitted: true, ...workplace, rolloutId: rolloutIdOf(execution) };
}
