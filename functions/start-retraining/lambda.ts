import { functionEnv } from "#runtime/function-env.ts";
import { startRetraining } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(startRetraining, process.env));
