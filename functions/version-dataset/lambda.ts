import { functionEnv } from "#runtime/function-env.ts";
import { versionDataset } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(versionDataset, process.env));
