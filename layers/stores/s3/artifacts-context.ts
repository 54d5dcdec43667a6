import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import type { ArtifactContext } from "#core/artifacts/artifacts.ts";
import { trackedRoots } from "#core/artifacts/tracked-roots.ts";
import { ConfigError } from "#core/errors.ts";
import { s3 } from "../clients.ts";
import { registryContext } from "../dynamodb/registry/registry-context.ts";
import { trackingContext } from "../dynamodb/tracking/tracking-context.ts";
import { artifactStore } from "./artifacts.ts";

/** Signs URLs without the checksum that the SDK would add: of the empty body that it sees, not of the one to come. */
const presigner = () =>
  new S3Client({
    forcePathStyle: process.env["AWS_ENDPOINT_URL_S3"] !== undefined,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

export interface ArtifactPlaces {
  readonly bucket: string;
  readonly table: string;
  /** Bytes as decimal text, as the environment has it. @default no limit */
  readonly maxProxiedBytes: string | undefined;
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^[1-9]\d*$/.test(text)) throw new ConfigError(`MAX_PROXIED_BYTES must be a whole number of bytes above 0, got ${text}`);
  return Number(text);
}

/** Artifacts behind the process's own S3 client, with roots from a tracking table. */
export const artifactContext = (client: DynamoDBClient, { bucket, table, maxProxiedBytes }: ArtifactPlaces): ArtifactContext => ({
  artifacts: artifactStore(s3(), presigner()),
  bucket,
  maxProxiedBytes: limitOf(maxProxiedBytes),
  roots: trackedRoots(trackingContext(client, table), registryContext(client, table)),
});
