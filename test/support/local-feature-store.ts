import { randomUUID } from "node:crypto";
import type { MaterializeContext } from "#core/features/materialize.ts";
import { featureHistory } from "#stores/duckdb/feature-newest.ts";
import { definitionStore } from "#stores/dynamodb/features/definitions.ts";
import { gatheredReads } from "#stores/dynamodb/features/gathered-reads.ts";
import { onlineRowStore } from "#stores/dynamodb/features/online-rows.ts";
import { featureFiles } from "#stores/s3/features.ts";
import type { Objects } from "#stores/s3/objects.ts";
import type { LocalTables } from "./local-tables.ts";
import { memoryObjects } from "./memory-objects.ts";

/** The feature store on a real table, its files in bucket `data` of `objects`. */
export function localFeatureStore(tables: LocalTables, objects: Objects = memoryObjects()): MaterializeContext {
  const files = featureFiles(objects, "data");
  const [client, table] = [tables.client, tables.table("features")];
  return {
    definitions: definitionStore(client, table),
    online: gatheredReads(onlineRowStore(client, table)),
    offline: files,
    history: featureHistory(objects, files, 256),
    now: Date.now,
    newId: randomUUID,
  };
}
