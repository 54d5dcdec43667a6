import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { DependencyCheck } from "#core/status.ts";

/** Reads one key that need not exist: needs no more than the right to read. */
export const tableCheck = (client: DynamoDBClient, name: string, TableName: string): DependencyCheck => ({
  name: `table ${name}`,
  check: async () => void (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: "status" }, sk: { S: "status" } } }))),
});

export const bucketCheck = (client: S3Client, name: string, Bucket: string): DependencyCheck => ({
  name: `bucket ${name}`,
  check: async () => void (await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }))),
});
