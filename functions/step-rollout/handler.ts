import { nextLookSeconds } from "#core/serving/paused-time.ts";
import { takeStep } from "#core/serving/rollouts.ts";
import type { WatchingContext } from "#core/serving/serving-context.ts";
import { announcing } from "#gateways/eventbridge/endpoint-events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { watchingContext } from "#stores/serving-context.ts";
import * as spec from "./function.ts";

/** Gives the canary of a rollout the weight of a step. */
export const createTask = (ctx: WatchingContext): Task =>
  task(spec.stepRollout, async ({ step, ...reference }) => {
    const rollout = await takeStep(ctx, reference, step);
    return { status: rollout.status, step: rollout.step, waitSeconds: nextLookSeconds(rollout, ctx.now()) };
  });

export const create = (env: FunctionEnv): Task => createTask(announcing(watchingContext(env.table("platform")), () => env.eventBus()));
