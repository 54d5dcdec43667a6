import { type FinishContext, finishRemovals } from "#core/tracking/finish-removal.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { finishContext } from "#stores/removal-context.ts";
import { removeExperiments } from "./function.ts";

/** Removes what is left of one experiment, or of every one. */
export const createTask = (ctx: FinishContext): Task => task(removeExperiments, async ({ detail }) => await finishRemovals(ctx, detail?.experimentId));

export const create = (env: FunctionEnv): Task => createTask(finishContext(env.table("tracking"), env.bucket("artifacts")));
