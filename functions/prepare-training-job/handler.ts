import { prepareScript, type ScriptContext } from "#core/training/jobs/prepare-script.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { scriptContext } from "#stores/script-context.ts";
import * as spec from "./function.ts";

/** Prepares the training job of a script. */
export const createTask = (ctx: ScriptContext): Task => task(spec.prepareTrainingJob, (input) => prepareScript(ctx, input));

export const create = (env: FunctionEnv): Task => createTask(scriptContext(env.bucket("artifacts"), env.table("platform")));
