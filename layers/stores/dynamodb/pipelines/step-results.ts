/**
 * Results of steps, in the platform table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | one by what it depends on | GetItem pk = `STEP#<sha256>`, sk = `r` |
 *
 * They leave 90 days after they were made, by the table's time to live.
 */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { StepResultStore } from "#core/pipelines/step-cache.ts";

const keptSeconds = 90 * 86_400;
/** DynamoDB takes items of 400 KiB; a step whose result is larger is run each time. */
const mostBytes = 380_000;

const Row = z.object({ result: z.object({ S: z.string() }), expiresAt: z.object({ N: z.coerce.number() }) });

/** @param now milliseconds since the epoch */
export function stepResultStore(client: DynamoDBClient, TableName: string, now: () => number): StepResultStore {
  const keyOf = (key: string) => ({ pk: { S: `STEP#${key}` }, sk: { S: "r" } });
  const seconds = () => Math.floor(now() / 1000);
  return {
    async find(key) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true }));
      if (!Item) return undefined;
      const { result, expiresAt } = Row.parse(Item);
      return expiresAt.N > seconds() ? (JSON.parse(result.S) as unknown) : undefined;
    },
    async put(key, result, step) {
      const text = JSON.stringify(result);
      if (Buffer.byteLength(text) > mostBytes) return;
      const Item = { ...keyOf(key), result: { S: text }, step: { S: step }, expiresAt: { N: String(seconds() + keptSeconds) } };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
  };
}
