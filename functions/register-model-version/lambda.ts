import { functionEnv } from "#runtime/function-env.ts";
import { registerModelVersion } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(registerModelVersion, process.env));
