import { evaluateStep } from "#core/pipelines/pure-steps.ts";
import { cachedStep, type StepCache, withoutCache } from "#core/pipelines/step-cache.ts";
import { type EvaluationContext, evaluateModel } from "#core/training/evaluate-model.ts";
import { loadModel } from "#onnx/model.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { stepCache } from "#stores/step-cache-context.ts";
import { evaluationContext } from "#stores/training-context.ts";
import * as spec from "./function.ts";

/** Judges a model on a test file. */
export const createTask = (ctx: EvaluationContext, cache: StepCache = withoutCache): Task =>
  task(
    spec.evaluateModel,
    cachedStep(cache, evaluateStep, (input) => evaluateModel(ctx, input)),
  );

export const create = (env: FunctionEnv): Task =>
  createTask(
    evaluationContext(env.bucket("data"), (bytes) => loadModel(bytes, { batching: false })),
    stepCache(env.table("platform")),
  );
