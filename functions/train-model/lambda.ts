import { functionEnv } from "#runtime/function-env.ts";
import { trainModel } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(trainModel, process.env));
