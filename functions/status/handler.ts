import { statusContract } from "#contracts/platform/status.ts";
import { platformStatus, type StatusContext } from "#core/status.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { originOf } from "#runtime/origin.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { bucketCheck, tableCheck } from "#stores/dependency-checks.ts";
import packageJson from "../../package.json" with { type: "json" };

/** The platform's own health. */
export const createHandler = (ctx: StatusContext): HttpHandler =>
  serveRoutes(serve(statusContract, { getStatus: (_request, call) => platformStatus(ctx, originOf(call.headers)) }));

export const create = (env: FunctionEnv): HttpHandler => {
  const endpointUrl = env.optional("AWS_ENDPOINT_URL_S3");
  return createHandler({
    objects: { bucket: env.bucket("data"), ...(endpointUrl !== undefined && { endpointUrl }) },
    version: packageJson.version,
    clock: () => performance.now(),
    dependencies: [
      ...(["tracking", "features", "platform", "tokens"] as const).map((name) => tableCheck(dynamoDb(), name, env.table(name))),
      ...(["artifacts", "data"] as const).map((name) => bucketCheck(s3(), name, env.bucket(name))),
    ],
  });
};
