import { authenticate, type IdentityContext } from "#core/identity/tokens.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { identityContext } from "#stores/identity-context.ts";
import { authorizer } from "./function.ts";

export const createTask = (ctx: IdentityContext): Task =>
  task(authorizer, async ({ headers, identitySource }) => {
    const principal = await authenticate(ctx, identitySource?.[0] ?? headers?.["authorization"]);
    return principal === undefined ? { isAuthorized: false } : { isAuthorized: true, context: { principal } };
  });

export const create = (env: FunctionEnv): Task => createTask(identityContext(env.table("tokens")));
