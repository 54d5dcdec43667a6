import type { Execution } from "#contracts/platform/pipelines.ts";
import { type ExecutionsContext, findExecution, isEnded, shown } from "./executions.ts";
import { type FinishContext, finish } from "./finish.ts";

export interface StopContext extends FinishContext {
  readonly engine: ExecutionsContext["engine"];
  /** Rolls back the rollout that an execution started, if one is under way. */
  readonly rollBack: (endpoint: string, rolloutId: string, by: string, reason: string) => Promise<void>;
}

/** Stops an execution: the machine first, so that it starts nothing more, then what it left open. */
export async function stopExecution(ctx: StopContext, name: string, by: string, reason: string): Promise<Execution> {
  const execution = await findExecution(ctx, name);
  if (isEnded(execution)) return shown(execution);
  await ctx.engine.stop(name, reason);
  await ctx.rollBack(execution.request.endpoint, name.slice(0, 64), by, `execution ${name} was stopped`);
  await finish(ctx, name, { status: "stopped", outcome: reason === "" ? `stopped by ${by}` : `stopped by ${by}: ${reason}` });
  return shown(await findExecution(ctx, name));
}
