import { functionEnv } from "#runtime/function-env.ts";
import { settleApproval } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(settleApproval, process.env));
