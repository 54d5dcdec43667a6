import { artifactAddress } from "#core/artifacts/artifact-address.ts";
import { DomainError } from "#core/errors.ts";
import { versionByAlias } from "#core/registry/aliases.ts";
import { dynamoDb, s3 } from "./clients.ts";
import { registryContext } from "./dynamodb/registry/registry-context.ts";
import { describeModel } from "./s3/model-files.ts";
import { formatS3Uri, s3Objects } from "./s3/objects.ts";

export interface ChampionModel {
  readonly version: string;
  readonly modelUri: string;
  readonly digest: string;
}
/** The version that serves, as the alias `champion` says; null where the model, or the alias, does not exist. */
export type ChampionFinder = (registeredModel: string) => Promise<ChampionModel | null>;

/** MLflow refuses an unknown model with one code and an unknown alias with another (3.17.2): both mean that nothing is champion yet. */
const isNobody = (error: unknown) => error instanceof DomainError && (error.code === "RESOURCE_DOES_NOT_EXIST" || error.code === "INVALID_PARAMETER_VALUE");

export function championFinder(trackingTable: string, artifactsBucket: string): ChampionFinder {
  const registry = registryContext(dynamoDb(), trackingTable);
  const objects = s3Objects(s3());
  return async (registeredModel) => {
    try {
      const { version } = await versionByAlias(registry, registeredModel, "champion");
      const modelUri = formatS3Uri(artifactAddress(artifactsBucket, version.location));
      const { digest } = await describeModel(objects, modelUri, version.tags.get("capstan.digest"));
      return { version: String(version.version), modelUri, digest };
    } catch (error) {
      if (isNobody(error)) return null;
      throw error;
    }
  };
}
