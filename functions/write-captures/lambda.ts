import { functionEnv } from "#runtime/function-env.ts";
import { writeCaptures } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(writeCaptures, process.env));
