import type { FinishContext } from "#core/tracking/finish-removal.ts";
import type { RemovalContext } from "#core/tracking/removal.ts";
import { dynamoDb, s3 } from "./clients.ts";
import { executionDocuments } from "./dynamodb/pipelines/pipeline-documents.ts";
import { registryStore } from "./dynamodb/registry/registry-store.ts";
import { dynamoDbTable } from "./dynamodb/tracking/dynamodb-table.ts";
import { remains } from "./dynamodb/tracking/remains.ts";
import { removalStore } from "./dynamodb/tracking/removal-store.ts";
import { trackingStores } from "./dynamodb/tracking/tracking-stores.ts";
import { artifactStore } from "./s3/artifacts.ts";
import { blockFiles } from "./s3/blocks/block-files.ts";
import { s3Objects } from "./s3/objects.ts";

const removalsOf = (table: string) => removalStore(dynamoDb(), table, dynamoDbTable(dynamoDb(), table));

/** Deleting experiments for good, on the real stores. */
export const removalContext = (platformTable: string, trackingTable: string): Omit<RemovalContext, "announce"> => ({
  experiments: trackingStores(dynamoDb(), trackingTable).experiments,
  removals: removalsOf(trackingTable),
  registry: registryStore(dynamoDb(), trackingTable),
  executions: executionDocuments(dynamoDb(), platformTable),
  now: Date.now,
});

/** Removing what they left behind, on the real stores. */
export const finishContext = (trackingTable: string, bucket: string): FinishContext => ({
  remains: remains(
    dynamoDbTable(dynamoDb(), trackingTable),
    blockFiles(s3Objects(s3()), bucket),
    trackingStores(dynamoDb(), trackingTable).models,
    removalsOf(trackingTable),
  ),
  registry: registryStore(dynamoDb(), trackingTable),
  artifacts: artifactStore(s3(), s3()),
  bucket,
});
