import { trashContract } from "#contracts/platform/trash.ts";
import { type RemovalContext, removeExperiment } from "#core/tracking/removal.ts";
import { removalRequests } from "#gateways/eventbridge/removal-requests.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { removalContext } from "#stores/removal-context.ts";

/** The platform's /trash operations. */
export const createHandler = (ctx: RemovalContext): HttpHandler =>
  serveRoutes(
    serve(trashContract, {
      removeExperiment: async ({ experimentId }, { principal }) => {
        await removeExperiment(ctx, experimentId, principal);
        return {};
      },
      listRemovals: async () => ({ removals: [...(await ctx.removals.list())] }),
    }),
  );

export const create = (env: FunctionEnv): HttpHandler =>
  createHandler({ ...removalContext(env.table("platform"), env.table("tracking")), announce: removalRequests(env.eventBus()) });
