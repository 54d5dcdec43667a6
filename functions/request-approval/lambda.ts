import { functionEnv } from "#runtime/function-env.ts";
import { requestApproval } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(requestApproval, process.env));
