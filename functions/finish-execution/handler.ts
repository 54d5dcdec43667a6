import { type FinishContext, finish } from "#core/pipelines/finish.ts";
import { finishContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { finishExecution } from "./function.ts";

export const createTask = (ctx: FinishContext): Task =>
  task(finishExecution, async ({ execution, status, reason }) => {
    await finish(ctx, execution, { status, outcome: reason });
    return {};
  });

export const create = (env: FunctionEnv): Task => createTask(finishContext(env.table("platform"), env.table("tracking"), env.eventBus()));
