import { functionEnv } from "#runtime/function-env.ts";
import { compactRuns } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(compactRuns, process.env));
