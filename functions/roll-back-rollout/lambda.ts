import { functionEnv } from "#runtime/function-env.ts";
import { rollBackRollout } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(rollBackRollout, process.env));
