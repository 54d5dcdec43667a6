import type { MonitorContext } from "#core/monitoring/monitors.ts";
import { dynamoDb, s3 } from "./clients.ts";
import { monitorStore } from "./dynamodb/monitoring/monitors.ts";
import { s3Objects } from "./s3/objects.ts";
import { reportDocuments } from "./s3/reports.ts";

/** Monitors and reports as the environment's AWS keeps them. @param table the platform table @param bucket the data bucket */
export const monitorContext = (table: string, bucket: string): MonitorContext => ({
  monitors: monitorStore(dynamoDb(), table),
  reports: reportDocuments(s3Objects(s3()), bucket),
  now: Date.now,
});
