import { functionEnv } from "#runtime/function-env.ts";
import { promoteRollout } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(promoteRollout, process.env));
