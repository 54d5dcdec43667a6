import { scriptStep } from "#core/pipelines/pure-steps.ts";
import { keepResult, type StepCache } from "#core/pipelines/step-cache.ts";
import { type AdoptionContext, adoptModel } from "#core/training/jobs/adopt-model.ts";
import type { TrainingContext } from "#core/training/train-model.ts";
import { loadModel } from "#onnx/model.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { adoptionContext } from "#stores/adoption-context.ts";
import { stepCache } from "#stores/step-cache-context.ts";
import * as spec from "./function.ts";

/** Takes over what a training job made. */
export const createTask = (ctx: AdoptionContext & Pick<TrainingContext, "copyModel">, cache: StepCache): Task =>
  task(spec.adoptModel, async (input) => {
    const model = await adoptModel(ctx, input);
    await keepResult(cache, scriptStep(ctx), input.work, model);
    return { ...model, cached: false };
  });

export const create = (env: FunctionEnv): Task =>
  createTask(
    adoptionContext((bytes) => loadModel(bytes, { batching: false })),
    stepCache(env.table("platform")),
  );
