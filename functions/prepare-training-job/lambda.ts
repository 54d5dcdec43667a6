import { functionEnv } from "#runtime/function-env.ts";
import { prepareTrainingJob } from "./function.ts";
import { create } from "./handler.ts";

export const handler = create(functionEnv(prepareTrainingJob, process.env));
