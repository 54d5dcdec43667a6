import { functionEnv } from "#runtime/function-env.ts";
import { detectDrift } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(detectDrift, process.env));
