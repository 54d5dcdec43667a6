import { closeExecution } from "#core/pipelines/close.ts";
import type { StopContext } from "#core/pipelines/stop.ts";
import { stopContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import * as spec from "./function.ts";

/** @param machineArn the machine whose executions are finished; events of others are none of its business */
export const createTask = (ctx: StopContext, machineArn: string): Task =>
  task(spec.closeExecution, async ({ detail }) => {
    await closeExecution(ctx, machineArn, detail);
    return {};
  });

export function create(env: FunctionEnv): Task {
  const machine = env.machine("training");
  return createTask(stopContext(env.table("platform"), env.table("tracking"), env.eventBus(), machine), machine);
}
