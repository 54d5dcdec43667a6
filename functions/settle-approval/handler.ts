import { type ApprovalsContext, settleApproval } from "#core/pipelines/approvals.ts";
import { approvalsContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import * as spec from "./function.ts";

export const createTask = (ctx: Pick<ApprovalsContext, "approvals">): Task => task(spec.settleApproval, ({ execution }) => settleApproval(ctx, execution));

export const create = (env: FunctionEnv): Task => createTask(approvalsContext(env.table("platform")));
