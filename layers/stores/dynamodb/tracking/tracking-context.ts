import { randomBytes } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import { trackingStores } from "./tracking-stores.ts";

/** The tracking operations' context over a table: real clock, random ids. */
export function trackingContext(client: DynamoDBClient, tableName: string): TrackingContext {
  const { experiments, runs, models, activity } = trackingStores(client, tableName);
  return { experiments, runs, models, activity, now: () => Date.now(), newId: () => randomBytes(16).toString("hex") };
}
