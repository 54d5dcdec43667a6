import { nextLookSeconds } from "#core/serving/paused-time.ts";
import { watchRollout } from "#core/serving/rollouts.ts";
import type { WatchingContext } from "#core/serving/serving-context.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { watchingContext } from "#stores/serving-context.ts";
import * as spec from "./function.ts";

/** Looks at the guardrails of a rollout, and records what is to be done. */
export const createTask = (ctx: WatchingContext): Task =>
  task(spec.watchRollout, async (reference) => {
    const { decision, reason, rollout } = await watchRollout(ctx, reference);
    return { decision, reason, status: rollout.status, step: rollout.step, waitSeconds: nextLookSeconds(rollout, ctx.now()) };
  });

export const create = (env: FunctionEnv): Task => createTask(watchingContext(env.table("platform")));
