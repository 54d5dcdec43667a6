import * as z from "zod";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import { describeEndpoint, statusOf } from "./describe-endpoint.ts";
import type { Documents } from "./documents.ts";
import type { HostedConfig } from "./endpoint-config-operations.ts";
import type { Hosting, Plan, Standing } from "./hosting.ts";
import { arnOf, name, seconds, tags } from "./names.ts";
import { ListQuery, pageOf } from "./pages.ts";
import { asValidation, couldNotFind, refused } from "./refusals.ts";

const DeploymentConfig = z.object({
  BlueGreenUpdatePolicy: z
    .object({
      TrafficRoutingConfiguration: z.object({
        Type: z.literal("ALL_AT_ONCE", "must be ALL_AT_ONCE on this machine: roll out over the platform's own API instead"),
      }),
    })
    .optional(),
  RollingUpdatePolicy: z.undefined("RollingUpdatePolicy is not offered on this machine").optional(),
});

const CreateEndpointInput = z.object({ EndpointName: name, EndpointConfigName: name, DeploymentConfig: DeploymentConfig.optional(), Tags: tags.optional() });
const UpdateEndpointInput = z.object({
  EndpointName: name,
  EndpointConfigName: name,
  RetainAllVariantProperties: z.boolean().default(false),
  ExcludeRetainedVariantProperties: z
    .array(z.object({ VariantPropertyType: z.enum(["DesiredInstanceCount", "DesiredWeight", "DataCaptureConfig"]) }))
    .max(3)
    .default([]),
  DeploymentConfig: DeploymentConfig.optional(),
});
const WeightsInput = z.object({
  EndpointName: name,
  DesiredWeightsAndCapacities: z
    .array(z.object({ VariantName: name, DesiredWeight: z.number().min(0).optional(), DesiredInstanceCount: z.int().min(0).optional() }))
    .min(1),
});

const planOf = (config: HostedConfig["request"]): Plan => ({
  config,
  weights: Object.fromEntries(config.ProductionVariants.map(({ VariantName, InitialVariantWeight }) => [VariantName, InitialVariantWeight])),
  instanceCounts: Object.fromEntries(config.ProductionVariants.map(({ VariantName, InitialInstanceCount = 1 }) => [VariantName, InitialInstanceCount])),
});

/** The values of variants that are in both. */
const kept = (fresh: Plan["weights"], before: Plan["weights"]) => Object.fromEntries(Object.entries(fresh).map(([key, value]) => [key, before[key] ?? value]));

/** The new configuration, with those properties of variants of the same name that are to stay. */
function retaining(
  fresh: Plan,
  before: Plan | undefined,
  { RetainAllVariantProperties, ExcludeRetainedVariantProperties }: z.output<typeof UpdateEndpointInput>,
) {
  if (!RetainAllVariantProperties || !before) return fresh;
  const excluded = new Set(ExcludeRetainedVariantProperties.map(({ VariantPropertyType }) => VariantPropertyType));
  const { DataCaptureConfig: _fresh, ...config } = fresh.config;
  const { DataCaptureConfig: capture } = before.config;
  return {
    config: excluded.has("DataCaptureConfig") ? fresh.config : { ...config, ...(capture && { DataCaptureConfig: capture }) },
    weights: excluded.has("DesiredWeight") ? fresh.weights : kept(fresh.weights, before.weights),
    instanceCounts: excluded.has("DesiredInstanceCount") ? fresh.instanceCounts : kept(fresh.instanceCounts, before.instanceCounts),
  };
}

/** All variants' weights: those that stand, with the wanted ones in place. */
function newWeights({ hosted, served }: Standing, wanted: z.output<typeof WeightsInput>["DesiredWeightsAndCapacities"]): Record<string, number> {
  const present = hosted?.weights ?? Object.fromEntries((served?.variants ?? []).map((variant) => [variant.name, variant.weight]));
  const unknown = wanted.find(({ VariantName }) => !(VariantName in present));
  if (unknown) throw refused(`The variant name(s) "${unknown.VariantName}" is/are not present within the endpoint configuration.`);
  return {
    ...present,
    ...Object.fromEntries(wanted.flatMap(({ VariantName, DesiredWeight }) => (DesiredWeight === undefined ? [] : [[VariantName, DesiredWeight]]))),
  };
}

/** SageMaker's operations on endpoints: the platform's own endpoints, by another name. */
export function endpointOperations(hosting: Hosting, configs: Documents<HostedConfig>): Operations {
  async function configOf(configName: string): Promise<HostedConfig["request"]> {
    const config = await configs.find(configName);
    if (!config) throw couldNotFind("endpoint-config", configName);
    return config.request;
  }
  const Named = z.object({ EndpointName: name });
  return {
    "SageMaker.CreateEndpoint": operation(CreateEndpointInput, async ({ EndpointName, EndpointConfigName, Tags = [] }) => {
      const config = await configOf(EndpointConfigName);
      await hosting.create(EndpointName, planOf(config), Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])));
      return { EndpointArn: arnOf("endpoint", EndpointName) };
    }),
    "SageMaker.UpdateEndpoint": operation(UpdateEndpointInput, async (input) => {
      const fresh = planOf(await configOf(input.EndpointConfigName));
      await hosting.update(input.EndpointName, (before) => retaining(fresh, before, input));
      return { EndpointArn: arnOf("endpoint", input.EndpointName) };
    }),
    "SageMaker.UpdateEndpointWeightsAndCapacities": operation(WeightsInput, async ({ EndpointName, DesiredWeightsAndCapacities: wanted }) => {
      const weights = newWeights(await hosting.find(EndpointName), wanted);
      const counts = wanted.flatMap(({ VariantName, DesiredInstanceCount }) =>
        DesiredInstanceCount === undefined ? [] : [[VariantName, DesiredInstanceCount]],
      );
      await asValidation(hosting.setWeights(EndpointName, weights, Object.fromEntries(counts)));
      return { EndpointArn: arnOf("endpoint", EndpointName) };
    }),
    "SageMaker.DescribeEndpoint": operation(Named, async ({ EndpointName }) => describeEndpoint(EndpointName, await hosting.find(EndpointName))),
    "SageMaker.DeleteEndpoint": operation(Named, async ({ EndpointName }) => {
      await asValidation(hosting.remove(EndpointName));
      return undefined;
    }),
    "SageMaker.ListEndpoints": operation(ListQuery, async (query) => {
      const all = [...(await hosting.list())].map(([EndpointName, standing]) => ({ name: EndpointName, ...statusOf(standing) }));
      const { page, next } = pageOf(all, query, "Descending");
      const Endpoints = page.map((one) => ({
        EndpointName: one.name,
        EndpointArn: arnOf("endpoint", one.name),
        CreationTime: seconds(one.createdAt),
        LastModifiedTime: seconds(one.modifiedAt),
        EndpointStatus: one.status,
      }));
      return { Endpoints, ...next };
    }),
  };
}
