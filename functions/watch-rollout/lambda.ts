import { functionEnv } from "#runtime/function-env.ts";
import { watchRollout } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(watchRollout, process.env));
