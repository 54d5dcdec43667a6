import { functionEnv } from "#runtime/function-env.ts";
import { lambdaHttp } from "#runtime/lambda-http.ts";
import { pipelines } from "./function.ts";
import { create } from "./handler.ts";

export const handler = lambdaHttp(create(functionEnv(pipelines, process.env)));
