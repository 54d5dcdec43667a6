import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ExperimentStore } from "#core/tracking/experiment.ts";
import type { ListedRecordStore, RecordStore } from "#core/tracking/record-store.ts";
import type { RunActivity } from "#core/tracking/run-activity.ts";
import { dynamoDbTable } from "./dynamodb-table.ts";
import { experimentStore } from "./experiment-store.ts";
import { modelKeys, runKeys } from "./keys.ts";
import { type Records, recordsIn } from "./record-reader.ts";
import { recordStore } from "./record-store.ts";
import { runActivity } from "./run-activity.ts";

export interface TrackingStores {
  readonly experiments: ExperimentStore;
  readonly runs: RecordStore;
  readonly models: ListedRecordStore;
  readonly activity: RunActivity;
  /** What the store of runs and searches of runs share. */
  readonly runRecords: Records;
}

const made = new WeakMap<DynamoDBClient, Map<string, TrackingStores>>();

/** The tracking table's stores. One set for each client and table of a process: they keep what they read, and share it between functions. */
export function trackingStores(client: DynamoDBClient, tableName: string): TrackingStores {
  const ofClient = made.get(client) ?? new Map<string, TrackingStores>();
  made.set(client, ofClient);
  const table = dynamoDbTable(client, tableName);
  const runRecords = recordsIn(table, runKeys);
  const stores = ofClient.get(tableName) ?? {
    experiments: experimentStore(client, tableName, table),
    runs: recordStore(runRecords),
    models: recordStore(recordsIn(table, modelKeys)),
    activity: runActivity(table),
    runRecords,
  };
  ofClient.set(tableName, stores);
  return stores;
}
