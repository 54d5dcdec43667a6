import { functionEnv } from "#runtime/function-env.ts";
import { compareModels } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(compareModels, process.env));
