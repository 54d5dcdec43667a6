import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createTables, startDynamoDb } from "#infra/local/dynamodb.ts";

export interface LocalTables {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  /** The physical name of one of the platform's tables. */
  table(name: string): string;
  stop(): Promise<void>;
}

/** All tables of the platform, empty and in memory, on an engine of their own. */
export async function startLocalTables(): Promise<LocalTables> {
  const engine = await startDynamoDb();
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  await createTables(client, "test-");
  return {
    client,
    endpoint: engine.endpoint,
    table: (name) => `test-${name}`,
    async stop() {
      client.destroy();
      await engine.stop();
    },
  };
}
