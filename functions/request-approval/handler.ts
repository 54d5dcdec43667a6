import { approvalRequestOf } from "#core/pipelines/approval-evidence.ts";
import { type AskingContext, requestApproval } from "#core/pipelines/approvals.ts";
import { askingContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import * as spec from "./function.ts";

export const createTask = (ctx: AskingContext): Task =>
  task(spec.requestApproval, async (asked) => {
    await requestApproval(ctx, approvalRequestOf(asked, ctx.now()));
    return {};
  });

export const create = (env: FunctionEnv): Task => createTask(askingContext(env.table("platform")));
