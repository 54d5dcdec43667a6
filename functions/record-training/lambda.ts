import { functionEnv } from "#runtime/function-env.ts";
import { recordTraining } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(recordTraining, process.env));
