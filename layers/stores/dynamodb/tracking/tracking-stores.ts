import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ExperimentStore } from "#core/tracking/experiment.ts";
import type { RecordStore } from "#core/tracking/record-store.ts";
import { dynamoDbTable } from "./dynamodb-table.ts";
import { experimentStore } from "./experiment-store.ts";
import { modelKeys, runKeys } from "./keys.ts";
import { recordStore } from "./record-store.ts";

export interface TrackingStores {
  readonly experiments: ExperimentStore;
  readonly runs: RecordStore;
  readonly models: RecordStore;
}

const made = new WeakMap<DynamoDBClient, Map<string, TrackingStores>>();

/** The tracking table's stores. One set for each client and table of a process: they keep what they read, and share it between functions. */
export function trackingStores(client: DynamoDBClient, tableName: string): TrackingStores {
  const ofClient = made.get(client) ?? new Map<string, TrackingStores>();
  made.set(client, ofClient);
  const table = dynamoDbTable(client, tableName);
  const stores = ofClient.get(tableName) ?? {
    experiments: experimentStore(client, tableName, table),
    runs: recordStore(table, runKeys),
    models: recordStore(table, modelKeys),
  };
  ofClient.set(tableName, stores);
  return stores;
}
