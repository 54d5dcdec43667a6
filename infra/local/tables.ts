import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DataFolder } from "./data-folder.ts";
import { createTables, startDynamoDb } from "./dynamodb.ts";
import { region, tablePrefix } from "./environment.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { Secrets } from "./secrets.ts";
import { endStaleEngine, rememberEngine } from "./stale-engine.ts";

/**
 * The platform's tables, on an engine of our own over one file, or on the DynamoDB that `DYNAMODB_ENDPOINT` names.
 * @returns the endpoint that functions are given
 */
export async function startTables(
  folder: DataFolder,
  secrets: Secrets,
  parts: Lifecycle,
): Promise<{ readonly endpoint: string; readonly client: DynamoDBClient }> {
  const endpoint = process.env["DYNAMODB_ENDPOINT"] ?? (await startEngine(folder, parts));
  const client = new DynamoDBClient({ endpoint, region, credentials: secrets });
  parts.defer("DynamoDB client", () => client.destroy());
  await createTables(client, tablePrefix);
  return { endpoint, client };
}

async function startEngine(folder: DataFolder, parts: Lifecycle): Promise<string> {
  const file = folder.file("tables.sqlite");
  const pidFile = folder.file("tables.pid");
  endStaleEngine(pidFile, file);
  const engine = await startDynamoDb(file);
  parts.defer("table engine", () => engine.stop());
  rememberEngine(pidFile, engine.process.pid);
  return engine.endpoint;
}
