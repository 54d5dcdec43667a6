import { functionEnv } from "#runtime/function-env.ts";
import { joinFeatures } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(joinFeatures, process.env));
