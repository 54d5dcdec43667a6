import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import { invalid } from "../errors.ts";

/** What a deployment gives SageMaker endpoints. */
export interface HostingSettings {
  /** Begins every name, so that stages can share an account: `capstan-dev`. */
  readonly namePrefix: string;
  readonly modelRoleArn: string;
  /** The deployment's inference image, where it has one. */
  readonly image: string | undefined;
  readonly dataBucket: string;
  /** In hex. */
  readonly sha256: (text: string) => string;
}

export interface HostedModel {
  readonly name: string;
  readonly image: string;
  readonly modelUri: string;
  /** A folder, or one file. */
  readonly dataType: "S3Prefix" | "S3Object";
}

export interface HostedVariant {
  readonly name: string;
  readonly modelName: string;
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly weight: number;
}

/** One endpoint as it should be in SageMaker. */
export interface Hosting {
  readonly endpointName: string;
  readonly configName: string;
  readonly models: readonly HostedModel[];
  readonly variants: readonly HostedVariant[];
  /** Nothing is captured where it is absent. */
  readonly capture?: { readonly percentage: number; readonly uri: string };
}

const maxName = 63;
const maxUri = 1_024;

/** @throws DomainError when SageMaker could not take the name */
export function hostedName({ namePrefix }: Pick<HostingSettings, "namePrefix">, name: string): string {
  const hosted = `${namePrefix}-${name}`;
  if (hosted.length > maxName)
    throw invalid(`name must be at most ${maxName - namePrefix.length - 1} characters with compute.kind sagemaker, got ${name.length}`);
  return hosted;
}

/** Begins the names of an endpoint's models and configurations, and of no other's. */
export const ownedPrefix = ({ namePrefix, sha256 }: HostingSettings, name: string): string => `${namePrefix}-${sha256(name).slice(0, 12)}-`;

/** Where the container finds `model.onnx`: SageMaker copies the objects as they are (CreateModel, ModelDataSource, CompressionType None). */
function modelData({ name, modelUri }: Variant): Pick<HostedModel, "modelUri" | "dataType"> {
  if (modelUri.length >= maxUri) throw invalid(`variants.${name}: modelUri must be shorter than ${maxUri} characters, got ${modelUri.length}`);
  if (!modelUri.endsWith(".onnx")) return { modelUri: modelUri.endsWith("/") ? modelUri : `${modelUri}/`, dataType: "S3Prefix" };
  if (!modelUri.endsWith("/model.onnx")) throw invalid(`variants.${name}: the file must be called model.onnx with compute.kind sagemaker, got ${modelUri}`);
  return { modelUri, dataType: "S3Object" };
}

/**
 * What SageMaker should have for an endpoint; undefined where it should have nothing, which is also so when every variant with traffic is
 * revoked. Names are hashes of content. A configuration's name leaves the weights out: they change without a new one.
 * @throws DomainError that names the field which SageMaker would refuse
 */
export function hostingOf(endpoint: Endpoint, settings: HostingSettings): Hosting | undefined {
  const { compute } = endpoint;
  if (compute?.kind !== "sagemaker") return undefined;
  const endpointName = hostedName(settings, endpoint.name);
  const image = compute.image ?? settings.image;
  if (image === undefined) throw invalid("compute.image must be set: this deployment has no inference image of its own");
  const prefix = ownedPrefix(settings, endpoint.name);
  const allowed = endpoint.variants.filter(({ revoked }) => revoked === undefined);
  if (!allowed.some(({ weight }) => weight > 0)) return undefined;
  const parts = allowed.map((variant) => {
    const data = modelData(variant);
    const content = settings.sha256(JSON.stringify([variant.digest, image, settings.modelRoleArn, data])).slice(0, 8);
    const model: HostedModel = { name: `${prefix}${variant.digest.slice(0, 12)}-${content}`, image, ...data };
    const { instanceType, instanceCount } = compute;
    return { model, variant: { name: variant.name, modelName: model.name, instanceType, instanceCount, weight: variant.weight } };
  });
  const models = [...new Map(parts.map(({ model }) => [model.name, model])).values()];
  const variants = parts.map(({ variant }) => variant);
  // SageMaker samples whole percents: a little is more than nothing.
  const capture = endpoint.captureRate > 0 && {
    percentage: Math.max(1, Math.round(endpoint.captureRate * 100)),
    uri: `s3://${settings.dataBucket}/captures`,
  };
  const immutable = JSON.stringify([variants.map(({ weight: _weight, ...fixed }) => fixed), capture]);
  const configName = `${prefix}${settings.sha256(immutable).slice(0, 16)}`;
  const tooLong = [configName, ...models.map(({ name }) => name)].find((name) => name.length > maxName);
  if (tooLong !== undefined)
    throw invalid(`the stage's name prefix ${settings.namePrefix} is too long for SageMaker: ${tooLong} has more than ${maxName} characters`);
  return { endpointName, configName, models, variants, ...(capture && { capture }) };
}
