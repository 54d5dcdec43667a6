import { endpointContract } from "#contracts/platform/endpoints.ts";
import { endpointStatistics } from "#core/serving/endpoint-statistics.ts";
import { deleteEndpoint, getEndpoint, hostingState, putEndpoint, revokeModelVersion, setWeights } from "#core/serving/endpoints.ts";
import { type ExampleSources, exampleRows } from "#core/serving/example-rows.ts";
import { withHostingStatus } from "#core/serving/hosting-status.ts";
import { pageOfEndpoints } from "#core/serving/list-endpoints.ts";
import { pauseRollout, resumeRollout } from "#core/serving/rollout-pause.ts";
import { abortRollout, getRollout, promoteRollout, rollBackRollout, startRollout } from "#core/serving/rollouts.ts";
import type { Found } from "#core/serving/sagemaker-plan.ts";
import type { ServingContext } from "#core/serving/serving-context.ts";
import { sageMaker, sfn } from "#gateways/clients.ts";
import { announcing } from "#gateways/eventbridge/endpoint-events.ts";
import { describeHosted } from "#gateways/sagemaker/endpoints.ts";
import { hostingSettings } from "#gateways/sagemaker/hosting-settings.ts";
import { startExecution } from "#gateways/stepfunctions/start-execution.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { s3 } from "#stores/clients.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { modelExamples } from "#stores/s3/model-examples.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { endpointContext } from "#stores/serving-context.ts";

/** What SageMaker says of an endpoint that is to be there. */
export type Describe = (endpointName: string) => Promise<Found["endpoint"]>;
const nowhere: Describe = async () => undefined;

const noExamples: ExampleSources = { logged: async () => undefined, captures: { list: async () => [], records: async () => [] } };

/** The platform's /endpoints operations. */
export const createHandler = (ctx: ServingContext, describe = nowhere, examples = noExamples): HttpHandler =>
  serveRoutes(
    serve(endpointContract, {
      putEndpoint: async (wanted, { principal }) => ({ endpoint: await putEndpoint(ctx, wanted, principal) }),
      getEndpoint: async ({ name }) => ({ endpoint: await withHostingStatus(ctx, describe, await getEndpoint(ctx, name)) }),
      listEndpoints: async (query) => ({ ...pageOfEndpoints(await ctx.endpoints.list(), query), hosting: hostingState(ctx) }),
      deleteEndpoint: async ({ name, reason }, { principal }) => {
        await deleteEndpoint(ctx, name, reason, principal);
        return {};
      },
      setWeights: async (wanted, { principal }) => ({ endpoint: await setWeights(ctx, wanted, principal) }),
      listEndpointEvents: async ({ name, limit }) => ({ events: await ctx.endpoints.events(name, limit) }),
      getEndpointStatistics: ({ name, minutes }) => endpointStatistics(ctx, name, minutes),
      listExampleRows: ({ name, variant }) => exampleRows(ctx, examples, name, variant),
      revokeModelVersion: async (wanted, { principal }) => ({ endpoints: await revokeModelVersion(ctx, wanted, principal) }),
      getModelRevocation: async ({ digest }) => ({ revocation: (await ctx.endpoints.revocation(digest)) ?? null }),
      startRollout: async (wanted, { principal }) => ({ rollout: await startRollout(ctx, wanted, principal) }),
      listRollouts: async ({ name }) => ({ rollouts: await ctx.endpoints.rollouts(name) }),
      getRollout: async ({ name, rolloutId }) => ({ rollout: await getRollout(ctx, { endpointName: name, rolloutId }) }),
      abortRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await abortRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
      pauseRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await pauseRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
      resumeRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await resumeRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
      promoteRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await promoteRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
      rollBackRollout: async ({ name, rolloutId, reason }, { principal: by }) => ({
        rollout: await rollBackRollout(ctx, { endpointName: name, rolloutId }, { by, reason }),
      }),
    }),
  );

export function create(env: FunctionEnv): HttpHandler {
  const objects = s3Objects(s3());
  return createHandler(
    {
      ...announcing(endpointContext(env.table("platform"), env.table("tracking"), env.bucket("artifacts")), () => env.eventBus()),
      startRolloutMachine: async (reference) => void (await startExecution(sfn(), env.machine("rollout"), reference.rolloutId, reference)),
      hosting: hostingSettings((name) => env.optional(name), env.bucket("data")),
    },
    (endpointName) => describeHosted(sageMaker(), endpointName),
    { logged: modelExamples(objects), captures: captureStore(objects, env.bucket("data")) },
  );
}
