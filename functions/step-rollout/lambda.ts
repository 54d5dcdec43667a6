import { functionEnv } from "#runtime/function-env.ts";
import { stepRollout } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(stepRollout, process.env));
