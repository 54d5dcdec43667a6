import { deployModelVersion } from "#core/serving/deploy.ts";
import type { EndpointContext } from "#core/serving/serving-context.ts";
import { announcing } from "#gateways/eventbridge/endpoint-events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { endpointContext } from "#stores/serving-context.ts";
import * as spec from "./function.ts";

/** Brings a model version to an endpoint: as a recorded rollout, or at once where the endpoint is new. */
export const createTask = (ctx: EndpointContext): Task =>
  task(spec.startRollout, async ({ endpointName: name, startedBy, ...wanted }) => await deployModelVersion(ctx, { name, ...wanted }, startedBy));

export const create = (env: FunctionEnv): Task =>
  createTask(announcing(endpointContext(env.table("platform"), env.table("tracking"), env.bucket("artifacts")), () => env.eventBus()));
