import { functionEnv } from "#runtime/function-env.ts";
import { adoptModel } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(adoptModel, process.env));
