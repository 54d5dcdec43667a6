import type { StartContext } from "#core/pipelines/executions.ts";
import { retrain } from "#core/pipelines/retrain.ts";
import { startContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { startRetraining } from "./function.ts";

const notAsked = { started: false, reason: "the monitor does not ask for retraining" } as const;

export const createTask = (ctx: StartContext): Task =>
  task(startRetraining, async ({ detail: { retrain: order, monitor, episode, severity, columns } }) =>
    order === null ? notAsked : await retrain(ctx, { monitor, episode, severity, columns, ...order }),
  );

export const create = (env: FunctionEnv): Task => createTask(startContext(env.table("platform"), env.machine("training")));
