import { randomUUID } from "node:crypto";
import { artifactAddress } from "#core/artifacts/artifact-address.ts";
import { invalid } from "#core/errors.ts";
import { setAlias, versionByAlias } from "#core/registry/aliases.ts";
import { getVersion } from "#core/registry/model-versions.ts";
import { digestTag } from "#core/registry/register-model.ts";
import type { RegistryContext } from "#core/registry/registry.ts";
import type { EndingContext, EndpointContext, ModelReference, ResolvedModel, WatchingContext } from "#core/serving/serving-context.ts";
import { dynamoDb, s3 } from "./clients.ts";
import { registryContext } from "./dynamodb/registry/registry-context.ts";
import { endpointStore } from "./dynamodb/serving/endpoints.ts";
import { statisticsStore } from "./dynamodb/serving/statistics.ts";
import { describeModel } from "./s3/model-files.ts";
import { formatS3Uri, type Objects, s3Objects } from "./s3/objects.ts";

const champion = "champion";

function versionNumber(version: string): number {
  const number = Number(version);
  if (!/^\d{1,9}$/.test(version)) throw invalid(`modelVersion must be a version number, got ${version.slice(0, 50)}`);
  return number;
}

const found = (registry: RegistryContext, { modelName, modelVersion, alias = "" }: ModelReference) =>
  modelVersion === undefined ? versionByAlias(registry, modelName, alias) : getVersion(registry, modelName, versionNumber(modelVersion));

/** A registered version with the place, SHA-256 and signature of its ONNX file. A version without the tag `capstan.digest` is read to find the first. */
async function resolve(registry: RegistryContext, objects: Objects, bucket: string, reference: ModelReference): Promise<ResolvedModel> {
  const { model, version } = await found(registry, reference);
  const modelUri = formatS3Uri(artifactAddress(bucket, version.location));
  const tag = version.tags.get(digestTag);
  const described = await describeModel(objects, modelUri, tag);
  return { modelName: model.name, modelVersion: String(version.version), modelUri, ...described };
}

/** Looking at rollouts and taking their steps, on the real stores. */
export const watchingContext = (platformTable: string): WatchingContext => ({
  endpoints: endpointStore(dynamoDb(), platformTable),
  statistics: statisticsStore(dynamoDb(), platformTable),
  now: Date.now,
});

/** Ending rollouts, on the real stores. */
export const endingContext = (platformTable: string, trackingTable: string): EndingContext => ({
  ...watchingContext(platformTable),
  moveChampion: (modelName, modelVersion, actor) =>
    setAlias({ ...registryContext(dynamoDb(), trackingTable), actor }, modelName, champion, versionNumber(modelVersion)),
});

/** Changes of endpoints, on the real stores. */
export function endpointContext(platformTable: string, trackingTable: string, artifactsBucket: string): EndpointContext {
  const registry = registryContext(dynamoDb(), trackingTable);
  const objects = s3Objects(s3());
  return {
    ...endingContext(platformTable, trackingTable),
    resolveModelVersion: (reference) => resolve(registry, objects, artifactsBucket, reference),
    newId: randomUUID,
  };
}
