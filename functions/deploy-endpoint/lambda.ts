import { functionEnv } from "#runtime/function-env.ts";
import { deployEndpoint } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(deployEndpoint, process.env));
