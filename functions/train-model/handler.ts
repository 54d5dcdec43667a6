import { type TrainingContext, trainModel } from "#core/training/train-model.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { trainingContext } from "#stores/training-context.ts";
import * as spec from "./function.ts";

/** Fits a model to a table. */
export const createTask = (ctx: TrainingContext): Task => task(spec.trainModel, (input) => trainModel(ctx, input));

export const create = (_env: FunctionEnv): Task => createTask(trainingContext());
