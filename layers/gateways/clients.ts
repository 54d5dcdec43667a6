import { Agent } from "node:http";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SFNClient } from "@aws-sdk/client-sfn";
import { withDependencyErrors } from "#stores/dependency-errors.ts";

/**
 * One client per service and process, made when first asked for. Region, credentials and endpoints come from the standard AWS_* variables
 * (`AWS_ENDPOINT_URL_SFN`, `AWS_ENDPOINT_URL_EVENTBRIDGE`, `AWS_ENDPOINT_URL_SAGEMAKER`, `AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME`,
 * `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`): the one seam between the laptop and an account.
 */
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const keepAlive = { keepAlive: true, maxSockets: 16, noDelay: true } as const;
const options = () => ({ maxAttempts: 3, requestHandler: { httpAgent: new Agent(keepAlive), httpsAgent: keepAlive } });
export const sfn = /* @__PURE__ */ lazily(() => withDependencyErrors(new SFNClient(options())));
export const cloudWatchLogs = /* @__PURE__ */ lazily(() => withDependencyErrors(new CloudWatchLogsClient(options())));
export const eventBridge = /* @__PURE__ */ lazily(() => withDependencyErrors(new EventBridgeClient(options())));
export const sageMaker = /* @__PURE__ */ lazily(() => withDependencyErrors(new SageMakerClient(options())));

/** A prediction waits 25 seconds at most, below the 29 of the function that asks: then the caller hears why. */
const predictionTimeouts = { connectionTimeout: 2_000, requestTimeout: 25_000, throwOnRequestTimeout: true } as const;
export const sageMakerRuntime = /* @__PURE__ */ lazily(() => {
  const { requestHandler } = options();
  return withDependencyErrors(new SageMakerRuntimeClient({ maxAttempts: 2, requestHandler: { ...requestHandler, ...predictionTimeouts } }));
});
