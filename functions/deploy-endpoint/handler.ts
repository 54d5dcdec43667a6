import { type HostingContext, hostEndpoints } from "#core/serving/host-endpoints.ts";
import { sageMaker } from "#gateways/clients.ts";
import { sageMakerHosting } from "#gateways/sagemaker/endpoints.ts";
import { hostingSettings } from "#gateways/sagemaker/hosting-settings.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { logger } from "#runtime/logger.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb } from "#stores/clients.ts";
import { endpointStore } from "#stores/dynamodb/serving/endpoints.ts";
import { deployEndpoint } from "./function.ts";

/** Brings SageMaker to what one endpoint, or every one, asks for. */
export const createTask = (ctx: HostingContext): Task =>
  task(deployEndpoint, async ({ detail }) => {
    const endpoints = await hostEndpoints(ctx, detail?.endpoint);
    for (const { outcome, ...unsettled } of endpoints.filter((one) => one.outcome !== "settled")) logger.warn(`endpoint ${outcome}`, unsettled);
    return { endpoints };
  });

export const create = (env: FunctionEnv): Task =>
  createTask({
    endpoints: endpointStore(dynamoDb(), env.table("platform")),
    service: sageMakerHosting(sageMaker()),
    hosting: hostingSettings((name) => env.optional(name), env.bucket("data")),
  });
