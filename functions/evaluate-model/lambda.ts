import { functionEnv } from "#runtime/function-env.ts";
import { evaluateModel } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(evaluateModel, process.env));
