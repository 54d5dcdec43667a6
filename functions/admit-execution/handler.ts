import { type AdmissionContext, admit } from "#core/pipelines/admit.ts";
import { admissionContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { admitExecution } from "./function.ts";

export const createTask = (ctx: AdmissionContext): Task => task(admitExecution, ({ execution, request }) => admit(ctx, execution, request));

export const create = (env: FunctionEnv): Task => createTask(admissionContext(env.table("platform"), env.table("tracking"), env.bucket("artifacts")));
