import { promoteRollout } from "#core/serving/rollouts.ts";
import type { EndingContext } from "#core/serving/serving-context.ts";
import { announcing } from "#gateways/eventbridge/endpoint-events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { endingContext } from "#stores/serving-context.ts";
import * as spec from "./function.ts";

/** Ends a rollout in favour of the canary, and moves the alias champion. */
export const createTask = (ctx: EndingContext): Task =>
  task(spec.promoteRollout, async ({ reason, ...reference }) => await promoteRollout(ctx, reference, { by: "rollout", reason }));

export const create = (env: FunctionEnv): Task => createTask(announcing(endingContext(env.table("platform"), env.table("tracking")), () => env.eventBus()));
