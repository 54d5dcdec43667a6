import { type ComparisonContext, compareModels } from "#core/training/compare-models.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { comparisonContext } from "#stores/training-context.ts";
import * as spec from "./function.ts";

/** Compares two evaluations. */
export const createTask = (ctx: ComparisonContext): Task => task(spec.compareModels, (input) => compareModels(ctx, input));

export const create = (_env: FunctionEnv): Task => createTask(comparisonContext());
