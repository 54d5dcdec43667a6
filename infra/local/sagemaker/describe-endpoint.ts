import type { Endpoint } from "#contracts/platform/endpoint.ts";
import { share } from "#core/serving/endpoint-changes.ts";
import { buckets } from "../environment.ts";
import type { HostedEndpoint, Standing } from "./hosting.ts";
import { arnOf, seconds } from "./names.ts";

/** State and times of an endpoint. One that the platform's own API made is in service, or in a rollout. */
export function statusOf({ hosted, served }: Standing): { readonly status: string; readonly createdAt: number; readonly modifiedAt: number } {
  return {
    status: served?.rolloutId === undefined ? (hosted?.status ?? "InService") : "Updating",
    createdAt: hosted?.createdAt ?? served?.createdAt ?? 0,
    modifiedAt: Math.max(hosted?.modifiedAt ?? 0, served?.updatedAt ?? 0),
  };
}

/** Weights as a client gave them, as long as they are what is served; else the shares that are. */
function weightsOf(hosted: HostedEndpoint | undefined, { variants }: Endpoint): ReadonlyMap<string, number> {
  const total = Object.values(hosted?.weights ?? {}).reduce((sum, weight) => sum + weight, 0);
  const asGiven = variants.every(({ name, weight }) => share((hosted?.weights[name] ?? Number.NaN) / total) === weight);
  return new Map(variants.map(({ name, weight }) => [name, asGiven ? (hosted?.weights[name] ?? weight) : weight]));
}

function variantsOf({ hosted, served }: Standing): object[] | undefined {
  if (!served) return undefined;
  const weights = weightsOf(hosted, served);
  const configured = new Map(hosted?.config.ProductionVariants.map((variant) => [variant.VariantName, variant]));
  return served.variants.map(({ name }) => {
    const { ServerlessConfig: serverless } = configured.get(name) ?? {};
    const count = hosted?.instanceCounts[name] ?? 1;
    return {
      VariantName: name,
      DeployedImages: [],
      CurrentWeight: weights.get(name),
      DesiredWeight: weights.get(name),
      ...(serverless
        ? { CurrentServerlessConfig: serverless, DesiredServerlessConfig: serverless, CurrentInstanceCount: 0 }
        : { CurrentInstanceCount: count, DesiredInstanceCount: count }),
    };
  });
}

/** DescribeEndpoint's answer. */
export function describeEndpoint(name: string, standing: Standing): object {
  const { hosted } = standing;
  const { status, createdAt, modifiedAt } = statusOf(standing);
  const capture = hosted?.config.DataCaptureConfig;
  const variants = variantsOf(standing);
  return {
    EndpointName: name,
    EndpointArn: arnOf("endpoint", name),
    EndpointConfigName: hosted?.config.EndpointConfigName ?? name,
    ...(variants && { ProductionVariants: variants }),
    EndpointStatus: status,
    ...(hosted?.failureReason !== undefined && { FailureReason: hosted.failureReason }),
    CreationTime: seconds(createdAt),
    LastModifiedTime: seconds(modifiedAt),
    ...(capture && {
      DataCaptureConfig: {
        EnableCapture: capture.EnableCapture !== false,
        CaptureStatus: capture.EnableCapture === false ? "Stopped" : "Started",
        CurrentSamplingPercentage: capture.InitialSamplingPercentage,
        // Where monitors of the platform look, whatever place the configuration names.
        DestinationS3Uri: `s3://${buckets.data}/captures`,
        KmsKeyId: "",
      },
    }),
  };
}
