import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { recent } from "#core/recent.ts";
import type { RunSearchContext, RunsContext } from "#core/tracking/open-runs.ts";
import { blockFiles } from "../../s3/blocks/block-files.ts";
import type { Objects } from "../../s3/objects.ts";
import { type IndexOptions, recordIndex } from "./record-index.ts";
import type { Records } from "./record-reader.ts";
import { trackingContext } from "./tracking-context.ts";
import { trackingStores } from "./tracking-stores.ts";

export interface RunSearchPlaces extends IndexOptions {
  readonly table: string;
  readonly objects: Objects;
  /** Holds packed runs, under `blocks/` and `manifests/`. */
  readonly bucket: string;
}

type Searches = Pick<RunSearchContext, "runIndex" | "rankings">;
const made = new WeakMap<Records, Searches>();
const rankingBytes = 16 * 1024 * 1024;

/** The tracking operations' context with searches of runs; what they keep is shared by all functions of a process. */
export function runSearchContext(client: DynamoDBClient, { table, objects, bucket, ...options }: RunSearchPlaces): RunsContext {
  const { runRecords } = trackingStores(client, table);
  const searches = made.get(runRecords) ?? { runIndex: recordIndex(runRecords, blockFiles(objects, bucket), options), rankings: recent(rankingBytes) };
  made.set(runRecords, searches);
  return { ...trackingContext(client, table), ...searches };
}
