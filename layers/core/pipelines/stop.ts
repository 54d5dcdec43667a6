import type { Execution } from "#contracts/platform/pipelines.ts";
import { type ExecutionsContext, findExecution, isEnded, shown } from "./executions.ts";
import { type FinishContext, finish } from "./finish.ts";

export interface StopContext extends FinishContext {
  readonly engine: ExecutionsContext["engine"];
  /** Gives all traffic back to the baseline where a rollout is under way; one that has ended, or never was, is left alone. */
  readonly abandonRollout: (endpoint: string, rolloutId: string, by: string, reason: string) => Promise<void>;
}

/** Stops an execution: the machine first, so that it starts nothing more, then what it left open. One that has ended is finished, if need be. */
export async function stopExecution(ctx: StopContext, name: string, by: string, reason: string): Promise<Execution> {
  const execution = await findExecution(ctx, name);
  if (execution.isFinished === true) return shown(execution);
  const outcome = reason === "" ? `stopped by ${by}` : `stopped by ${by}: ${reason}`;
  if (!isEnded(execution)) {
    await ctx.engine.stop(name, outcome);
    await ctx.abandonRollout(execution.request.endpoint, name, by, `execution ${name} was stopped`);
  }
  return await finish(ctx, name, { status: "stopped", outcome });
}
