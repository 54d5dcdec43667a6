import { functionEnv } from "#runtime/function-env.ts";
import { findChampion } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(findChampion, process.env));
