import { functionEnv } from "#runtime/function-env.ts";
import { finishExecution } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(finishExecution, process.env));
