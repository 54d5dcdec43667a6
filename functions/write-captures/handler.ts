import type { CaptureStore } from "#core/monitoring/captures.ts";
import { storeLogLines } from "#core/monitoring/log-captures.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { s3 } from "#stores/clients.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { writeCaptures } from "./function.ts";
import { messagesOf } from "./wire.ts";

/** Stores the captures in delivered log lines. */
export const createTask = (ctx: { readonly captures: Pick<CaptureStore, "append"> }): Task =>
  task(writeCaptures, async ({ awslogs }) => await storeLogLines(ctx.captures, messagesOf(awslogs.data)));

export const create = (env: FunctionEnv): Task => createTask({ captures: captureStore(s3Objects(s3()), env.bucket("data")) });
