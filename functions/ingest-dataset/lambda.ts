import { functionEnv } from "#runtime/function-env.ts";
import { ingestDataset } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(ingestDataset, process.env));
