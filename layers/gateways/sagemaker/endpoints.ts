import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  type ProductionVariantInstanceType,
  paginateListEndpointConfigs,
  paginateListEndpoints,
  paginateListModels,
  ResourceInUse,
  ResourceLimitExceeded,
  type SageMakerClient,
  SageMakerServiceException,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { DependencyError, invalid } from "#core/errors.ts";
import type { HostingService } from "#core/serving/host-endpoints.ts";
import type { HostedModel, HostedVariant, Hosting, HostingSettings } from "#core/serving/sagemaker-hosting.ts";
import type { Found, HostingCall } from "#core/serving/sagemaker-plan.ts";

/** Seconds after which an endpoint in motion, or a full quota, is worth another look. */
const motionRetrySeconds = 60;
const quotaRetrySeconds = 300;

const says = (error: unknown, pattern: RegExp) => error instanceof SageMakerServiceException && pattern.test(error.message);

const modelInput = ({ name, image, modelUri, dataType }: HostedModel, { modelRoleArn }: HostingSettings) => ({
  ModelName: name,
  ExecutionRoleArn: modelRoleArn,
  PrimaryContainer: {
    Image: image,
    ModelDataSource: { S3DataSource: { S3Uri: modelUri, S3DataType: dataType, CompressionType: "None" as const } },
  },
});

/** The service knows more instance types than the SDK of a day: its word counts, so ours is passed on as it is. */
const variantInput = ({ name, modelName, instanceType, instanceCount, weight }: HostedVariant) => ({
  VariantName: name,
  ModelName: modelName,
  InstanceType: instanceType as ProductionVariantInstanceType,
  InitialInstanceCount: instanceCount,
  InitialVariantWeight: weight,
});

const configInput = ({ configName, variants, capture }: Hosting) => ({
  EndpointConfigName: configName,
  ProductionVariants: variants.map(variantInput),
  ...(capture && {
    DataCaptureConfig: {
      EnableCapture: true,
      InitialSamplingPercentage: capture.percentage,
      DestinationS3Uri: capture.uri,
      CaptureOptions: [{ CaptureMode: "Input" as const }, { CaptureMode: "Output" as const }],
      CaptureContentTypeHeader: { CsvContentTypes: ["text/csv"], JsonContentTypes: ["application/json"] },
    },
  }),
});

function send(client: SageMakerClient, step: HostingCall, settings: HostingSettings): Promise<unknown> {
  switch (step.call) {
    case "createModel":
      return client.send(new CreateModelCommand(modelInput(step.model, settings)));
    case "createConfig":
      return client.send(new CreateEndpointConfigCommand(configInput(step.hosting)));
    case "createEndpoint":
      return client.send(new CreateEndpointCommand({ EndpointName: step.endpointName, EndpointConfigName: step.configName }));
    case "updateEndpoint":
      // Weights and capture are the new configuration's: retained ones would undo what the endpoint's record says.
      return client.send(
        new UpdateEndpointCommand({ EndpointName: step.endpointName, EndpointConfigName: step.configName, RetainAllVariantProperties: false }),
      );
    case "updateWeights":
      return client.send(
        new UpdateEndpointWeightsAndCapacitiesCommand({
          EndpointName: step.endpointName,
          DesiredWeightsAndCapacities: step.variants.map(({ name, weight }) => ({ VariantName: name, DesiredWeight: weight })),
        }),
      );
    case "deleteEndpoint":
      return client.send(new DeleteEndpointCommand({ EndpointName: step.endpointName }));
    case "deleteConfig":
      return client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: step.name }));
    default:
      return client.send(new DeleteModelCommand({ ModelName: step.name }));
  }
}

/** What a failed call means: nothing where another did the same before, else an error that says what to do. */
function settle(step: HostingCall, error: unknown): void {
  const { call } = step;
  if (call.startsWith("create") && (error instanceof ResourceInUse || says(error, /already exist/i))) return;
  if (call.startsWith("delete") && says(error, /could not find|does not exist/i)) return;
  if (error instanceof ResourceLimitExceeded) {
    const quota = /limit '([^']+)'/.exec(error.message)?.[1] ?? "unknown";
    const message = `ResourceLimitExceeded: the account's SageMaker quota "${quota}" is used up, more is granted in Service Quotas: ${error.message}`;
    throw new DependencyError(message, { cause: error, retryAfterSeconds: quotaRetrySeconds });
  }
  if (error instanceof ResourceInUse || says(error, /in-progress|in progress/i))
    throw new DependencyError(`SageMaker is not ready for ${call}: ${(error as Error).message}`, { cause: error, retryAfterSeconds: motionRetrySeconds });
  if (error instanceof SageMakerServiceException && error.name === "ValidationException") throw invalid(`SageMaker refuses ${call}: ${error.message}`);
  throw error;
}

async function collect<P>(pages: AsyncIterable<P>, namesOf: (page: P) => readonly (string | undefined)[] | undefined, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages) for (const name of namesOf(page) ?? []) if (name?.startsWith(prefix)) names.push(name);
  return names;
}

/** An endpoint's state in SageMaker; undefined where there is none. */
export async function describeHosted(client: SageMakerClient, endpointName: string): Promise<Found["endpoint"]> {
  try {
    const found = await client.send(new DescribeEndpointCommand({ EndpointName: endpointName }));
    return {
      status: found.EndpointStatus ?? "OutOfService",
      configName: found.EndpointConfigName ?? "",
      weights: Object.fromEntries((found.ProductionVariants ?? []).map((one) => [one.VariantName ?? "", one.DesiredWeight ?? one.CurrentWeight ?? 0])),
      reason: found.FailureReason ?? "",
    };
  } catch (error) {
    if (says(error, /could not find/i)) return undefined;
    throw error;
  }
}

/** Endpoints, endpoint configurations and models in SageMaker. */
export const sageMakerHosting = (client: SageMakerClient): HostingService => ({
  async find(endpointName, ownedPrefix) {
    const query = { NameContains: ownedPrefix };
    const [endpoint, configs, models] = await Promise.all([
      describeHosted(client, endpointName),
      collect(paginateListEndpointConfigs({ client }, query), ({ EndpointConfigs }) => EndpointConfigs?.map((one) => one.EndpointConfigName), ownedPrefix),
      collect(paginateListModels({ client }, query), ({ Models }) => Models?.map((one) => one.ModelName), ownedPrefix),
    ]);
    return { endpointName, ...(endpoint && { endpoint }), configs, models };
  },
  async apply(step, settings) {
    try {
      await send(client, step, settings);
    } catch (error) {
      settle(step, error);
    }
  },
  names: (prefix) => collect(paginateListEndpoints({ client }, { NameContains: prefix }), ({ Endpoints }) => Endpoints?.map((one) => one.EndpointName), prefix),
});
