import { endpointContract } from "#contracts/platform/endpoints.ts";
import { endpointStatistics } from "#core/serving/endpoint-statistics.ts";
import { deleteEndpoint, getEndpoint, putEndpoint, revokeModelVersion, setWeights } from "#core/serving/endpoints.ts";
import { pageOfEndpoints } from "#core/serving/list-endpoints.ts";
import { abortRollout, getRollout, promoteRollout, rollBackRollout, startRollout } from "#core/serving/rollouts.ts";
import type { ServingContext } from "#core/serving/serving-context.ts";
import { sfn } from "#gateways/clients.ts";
import { startExecution } from "#gateways/stepfunctions/start-execution.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { endpointContext } from "#stores/serving-context.ts";

/** The platform's /endpoints operations. */
export const createHandler = (ctx: ServingContext): HttpHandler =>
  serveRoutes(
    serve(endpointContract, {
      putEndpoint: async (wanted, { principal }) => ({ endpoint: await putEndpoint(ctx, wanted, principal) }),
      getEndpoint: async ({ name }) => ({ endpoint: await getEndpoint(ctx, name) }),
      listEndpoints: async (query) => pageOfEndpoints(await ctx.endpoints.list(), query),
      deleteEndpoint: async ({ name, reason }, { principal }) => {
        await deleteEndpoint(ctx, name, reason, principal);
        return {};
      },
      setWeights: async (wanted, { principal }) => ({ endpoint: await setWeights(ctx, wanted, principal) }),
      listEndpointEvents: async ({ name, limit }) => ({ events: await ctx.endpoints.events(name, limit) }),
      getEndpointStatistics: ({ name, minutes }) => endpointStatistics(ctx, name, minutes),
      revokeModelVersion: async (wanted, { principal }) => ({ endpoints: await revokeModelVersion(ctx, wanted, principal) }),
      startRollout: async (wanted, { principal }) => ({ rollout: await startRollout(ctx, wanted, principal) }),
      listRollouts: async ({ name }) => ({ rollouts: await ctx.endpoints.rollouts(name) }),
      getRollout: async ({ name, rolloutId }) => ({ rollout: await getRollout(ctx, { endpointName: name, rolloutId }) }),
      abortRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await abortRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
      promoteRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await promoteRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
      rollBackRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await rollBackRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
    }),
  );

export const create = (env: FunctionEnv): HttpHandler =>
  createHandler({
    ...endpointContext(env.table("platform"), env.table("tracking"), env.bucket("artifacts")),
    startRolloutMachine: async (reference) => void (await startExecution(sfn(), env.machine("rollout"), reference.rolloutId, reference)),
  });
