import { functionEnv } from "#runtime/function-env.ts";
import { validateDataset } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(validateDataset, process.env));
