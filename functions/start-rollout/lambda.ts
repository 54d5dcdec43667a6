import { functionEnv } from "#runtime/function-env.ts";
import { startRollout } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(startRollout, process.env));
