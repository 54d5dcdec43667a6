import { functionEnv } from "#runtime/function-env.ts";
import { admitExecution } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(admitExecution, process.env));
