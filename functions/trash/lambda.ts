import { functionEnv } from "#runtime/function-env.ts";
import { lambdaHttp } from "#runtime/lambda-http.ts";
import { trash } from "./function.ts";
import { create } from "./handler.ts";

export const handler = lambdaHttp(create(functionEnv(trash, process.env)));
