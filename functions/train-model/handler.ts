import { trainStep } from "#core/pipelines/pure-steps.ts";
import { cachedStep, type StepCache, withoutCache } from "#core/pipelines/step-cache.ts";
import { type TrainingContext, trainModel } from "#core/training/train-model.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { logger } from "#runtime/logger.ts";
import { type Task, task } from "#runtime/task.ts";
import { stepCache } from "#stores/step-cache-context.ts";
import { trainingContext } from "#stores/training-context.ts";
import * as spec from "./function.ts";

/** Fits a model to a table. */
export const createTask = (ctx: TrainingContext, cache: StepCache = withoutCache): Task =>
  task(
    spec.trainModel,
    cachedStep(cache, trainStep(ctx), (input) => trainModel(ctx, input)),
  );

export const create = (env: FunctionEnv): Task =>
  createTask({ ...trainingContext(), tell: (message, fields) => logger.info(message, fields) }, stepCache(env.table("platform")));
