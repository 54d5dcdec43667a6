import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { recent } from "#core/recent.ts";
import type { RunSearchContext, RunsContext } from "#core/tracking/open-runs.ts";
import { recordIndex } from "./record-index.ts";
import type { Records } from "./record-reader.ts";
import { trackingContext } from "./tracking-context.ts";
import { trackingStores } from "./tracking-stores.ts";

type Searches = Pick<RunSearchContext, "runIndex" | "rankings">;
const made = new WeakMap<Records, Searches>();
const rankingBytes = 32 * 1024 * 1024;

/** The tracking operations' context with searches of runs; what they keep is shared by all functions of a process. */
export function runSearchContext(client: DynamoDBClient, tableName: string): RunsContext {
  const { runRecords } = trackingStores(client, tableName);
  const searches = made.get(runRecords) ?? { runIndex: recordIndex(runRecords), rankings: recent(rankingBytes) };
  made.set(runRecords, searches);
  return { ...trackingContext(client, tableName), ...searches };
}
