import { functionEnv } from "#runtime/function-env.ts";
import { closeExecution } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(closeExecution, process.env));
