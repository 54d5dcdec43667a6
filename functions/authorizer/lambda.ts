import { functionEnv } from "#runtime/function-env.ts";
import { authorizer } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(authorizer, process.env));
