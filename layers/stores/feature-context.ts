import { randomUUID } from "node:crypto";
import type { FeatureContext } from "#core/features/definitions.ts";
import { dynamoDb, s3 } from "./clients.ts";
import { definitionStore } from "./dynamodb/features/definitions.ts";
import { gatheredReads } from "./dynamodb/features/gathered-reads.ts";
import { onlineRowStore } from "./dynamodb/features/online-rows.ts";
import { featureFiles } from "./s3/features.ts";
import { s3Objects } from "./s3/objects.ts";

/** The feature store of one table and one bucket, with the real clock. */
export const featureContext = (table: string, bucket: string): FeatureContext => ({
  definitions: definitionStore(dynamoDb(), table),
  online: gatheredReads(onlineRowStore(dynamoDb(), table)),
  offline: featureFiles(s3Objects(s3()), bucket),
  now: Date.now,
  newId: randomUUID,
});
