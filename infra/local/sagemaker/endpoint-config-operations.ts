import * as z from "zod";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import type { Documents } from "./documents.ts";
import type { HostedModel } from "./model-operations.ts";
import { arnOf, name, seconds, tags } from "./names.ts";
import { ListQuery, pageOf } from "./pages.ts";
import { couldNotFind, existsAlready, refused } from "./refusals.ts";

const ProductionVariant = z.object({
  VariantName: name,
  ModelName: name,
  InitialInstanceCount: z.int().min(1).optional(),
  InstanceType: z.string().startsWith("ml.").optional(),
  InitialVariantWeight: z.number().min(0).default(1),
  ServerlessConfig: z
    .object({
      MemorySizeInMB: z.int().min(1024).max(6144).multipleOf(1024, "must be a multiple of 1024"),
      MaxConcurrency: z.int().min(1).max(200),
      ProvisionedConcurrency: z.int().min(1).max(200).optional(),
    })
    .optional(),
});

const DataCaptureConfig = z.object({
  EnableCapture: z.boolean().optional(),
  InitialSamplingPercentage: z.int().min(0).max(100),
  DestinationS3Uri: z.string().max(512).startsWith("s3://", "must be like s3://bucket/key"),
  CaptureOptions: z
    .array(z.object({ CaptureMode: z.enum(["Input", "Output", "InputAndOutput"]) }))
    .min(1)
    .max(32),
  CaptureContentTypeHeader: z.object({ CsvContentTypes: z.array(z.string()).optional(), JsonContentTypes: z.array(z.string()).optional() }).optional(),
});

const absent = (field: string) => z.undefined(`${field} is not offered on this machine`).optional();
const CreateEndpointConfigInput = z.object({
  EndpointConfigName: name,
  ProductionVariants: z.array(ProductionVariant).min(1).max(10),
  DataCaptureConfig: DataCaptureConfig.optional(),
  Tags: tags.optional(),
  KmsKeyId: z.string().max(2048).optional(),
  ExecutionRoleArn: z.string().min(20).max(2048).optional(),
  EnableNetworkIsolation: z.boolean().optional(),
  ShadowProductionVariants: absent("ShadowProductionVariants"),
  AsyncInferenceConfig: absent("AsyncInferenceConfig"),
  ExplainerConfig: absent("ExplainerConfig"),
});

/** An endpoint configuration as a client made it. It never changes. */
export interface HostedConfig {
  readonly name: string;
  readonly createdAt: number;
  readonly request: z.output<typeof CreateEndpointConfigInput>;
}

/** Refuses what the service refuses too, beyond the bounds of single fields. */
function checkVariants(variants: HostedConfig["request"]["ProductionVariants"]): void {
  const names = variants.map(({ VariantName }) => VariantName);
  if (new Set(names).size < names.length) throw refused("ProductionVariants must have different variant names");
  if (!variants.some(({ InitialVariantWeight }) => InitialVariantWeight > 0)) throw refused("ProductionVariants must have at least one weight above 0");
  const serverless = variants.filter(({ ServerlessConfig }) => ServerlessConfig);
  if (serverless.length > 0 && variants.length > 1) throw refused("a serverless variant must be the only one of its endpoint configuration");
  const bare = variants.find(({ ServerlessConfig, InstanceType }) => !ServerlessConfig && InstanceType === undefined);
  if (bare) throw refused(`variant ${bare.VariantName} must have InstanceType or ServerlessConfig`);
}

interface Parts {
  readonly configs: Documents<HostedConfig>;
  readonly models: Documents<HostedModel>;
  readonly now: () => number;
}

/** SageMaker's operations on endpoint configurations. */
export function endpointConfigOperations({ configs, models, now }: Parts): Operations {
  const Named = z.object({ EndpointConfigName: name });
  return {
    "SageMaker.CreateEndpointConfig": operation(CreateEndpointConfigInput, async (request) => {
      checkVariants(request.ProductionVariants);
      for (const { ModelName } of request.ProductionVariants) if (!(await models.find(ModelName))) throw couldNotFind("model", ModelName);
      const config = { name: request.EndpointConfigName, createdAt: now(), request };
      if (!(await configs.insert(config))) throw existsAlready("endpoint-config", config.name);
      return { EndpointConfigArn: arnOf("endpoint-config", config.name) };
    }),
    "SageMaker.DescribeEndpointConfig": operation(Named, async ({ EndpointConfigName }) => {
      const config = await configs.find(EndpointConfigName);
      if (!config) throw couldNotFind("endpoint-config", EndpointConfigName);
      const { Tags: _tags, ...request } = config.request;
      return { ...request, EndpointConfigArn: arnOf("endpoint-config", EndpointConfigName), CreationTime: seconds(config.createdAt) };
    }),
    "SageMaker.DeleteEndpointConfig": operation(Named, async ({ EndpointConfigName }) => {
      if (!(await configs.remove(EndpointConfigName))) throw couldNotFind("endpoint-config", EndpointConfigName);
      return undefined;
    }),
    "SageMaker.ListEndpointConfigs": operation(ListQuery, async (query) => {
      const all = (await configs.list()).map((config) => ({ ...config, modifiedAt: config.createdAt }));
      const { page, next } = pageOf(all, query, "Descending");
      const EndpointConfigs = page.map((config) => ({
        EndpointConfigName: config.name,
        EndpointConfigArn: arnOf("endpoint-config", config.name),
        CreationTime: seconds(config.createdAt),
      }));
      return { EndpointConfigs, ...next };
    }),
  };
}
