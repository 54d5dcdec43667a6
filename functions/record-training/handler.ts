import type { LoggedModelContext } from "#core/logged-models/logged-model.ts";
import { finalizeLoggedModel } from "#core/logged-models/logged-models.ts";
import { batchOf, inputsOf } from "#core/pipelines/record.ts";
import { logInputs, logOutputs } from "#core/tracking/links.ts";
import { logBatch } from "#core/tracking/log-batch.ts";
import { getRun } from "#core/tracking/runs.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb } from "#stores/clients.ts";
import { loggedModelContext } from "#stores/dynamodb/registry/registry-context.ts";
import { recordTraining } from "./function.ts";

export const createTask = (ctx: LoggedModelContext): Task =>
  task(recordTraining, async (recorded) => {
    const { runId, loggedModelId } = recorded;
    // The run's own start as the points' time: a repeated task logs the same points, which are kept once.
    const { startTime } = await getRun(ctx, runId);
    await logBatch(ctx, runId, batchOf(recorded, Number(startTime)));
    await logInputs(ctx, runId, inputsOf(recorded), []);
    await logOutputs(ctx, runId, [{ modelId: loggedModelId, step: 0 }]);
    await finalizeLoggedModel(ctx, loggedModelId, "LOGGED_MODEL_READY");
    return {};
  });

export const create = (env: FunctionEnv): Task => createTask(loggedModelContext(dynamoDb(), env.table("tracking")));
