import { registerModel } from "#core/registry/register-model.ts";
import type { RegistryContext } from "#core/registry/registry.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb } from "#stores/clients.ts";
import { registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { registerModelVersion } from "./function.ts";

/** Registers what a training execution made. */
export const createHandler = (ctx: RegistryContext): Task => task(registerModelVersion, async (input) => await registerModel(ctx, input));

export const create = (env: FunctionEnv): Task => createHandler(registryContext(dynamoDb(), env.table("tracking")));
