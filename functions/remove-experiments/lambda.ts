import { functionEnv } from "#runtime/function-env.ts";
import { removeExperiments } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(removeExperiments, process.env));
