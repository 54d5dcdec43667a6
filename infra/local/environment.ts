import { bucketVariable, machineVariable, type TableName, tableVariable } from "#contracts/function-spec.ts";
import { noContainer } from "#contracts/platform/training-script.ts";
import { machines, tables } from "../inventory.ts";
import type { Secrets } from "./secrets.ts";

export const tablePrefix = "capstan-";
/** Begins the names of all that the platform makes in SageMaker: the laptop is a stage like any other. */
export const sageMakerPrefix = `${tablePrefix}local`;
export const buckets = { artifacts: "capstan-artifacts", data: "capstan-data" } as const;
export const account = "000000000000";
export const region = "us-east-1";
export const machineArn = (machine: string) => `arn:aws:states:${region}:${account}:stateMachine:${machine}`;
export const eventBusName = "capstan";

/** Where each service answers on this machine. */
export interface Endpoints {
  readonly dynamoDb: string;
  readonly objects: string;
  /** Step Functions, EventBridge, Scheduler, SageMaker and CloudWatch Logs: one endpoint, told apart by operation. */
  readonly aws: string;
  /** SageMaker Runtime: the inference server. */
  readonly serving: string;
}

/** What every function finds in its environment: the variables that stacks set in an account, and the SDK's own endpoint settings. */
export function environment(endpoints: Endpoints, secrets: Secrets, folder: string): Record<string, string> {
  return {
    ...Object.fromEntries((Object.keys(tables) as TableName[]).map((name) => [tableVariable(name), `${tablePrefix}${name}`])),
    [bucketVariable("artifacts")]: buckets.artifacts,
    [bucketVariable("data")]: buckets.data,
    ...Object.fromEntries(machines.map(({ name }) => [machineVariable(name), machineArn(name)])),
    EVENT_BUS_NAME: eventBusName,
    CAPSTAN_CACHE_FOLDER: `${folder}/cache`,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: secrets.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_S3: endpoints.objects,
    AWS_ENDPOINT_URL_SFN: endpoints.aws,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.aws,
    AWS_ENDPOINT_URL_SCHEDULER: endpoints.aws,
    AWS_ENDPOINT_URL_SAGEMAKER: endpoints.aws,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoints.aws,
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: endpoints.serving,
    // No role is assumed and no image is run on this machine.
    SAGEMAKER_MODEL_ROLE_ARN: `arn:aws:iam::${account}:role/${sageMakerPrefix}-model`,
    SAGEMAKER_NAME_PREFIX: sageMakerPrefix,
    INFERENCE_IMAGE: noContainer,
  };
}
