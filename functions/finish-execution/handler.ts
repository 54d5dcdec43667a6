import { endingOf, type FinishContext, finish } from "#core/pipelines/finish.ts";
import { finishContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { finishExecution } from "./function.ts";

export const createTask = (ctx: FinishContext): Task =>
  task(finishExecution, async (asked) => {
    const { status, outcome = "" } = await finish(ctx, asked.execution, endingOf(asked));
    return { status, outcome };
  });

export const create = (env: FunctionEnv): Task => createTask(finishContext(env.table("platform"), env.table("tracking"), env.eventBus()));
