import { functionEnv } from "#runtime/function-env.ts";
import { compactCaptures } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(compactCaptures, process.env));
