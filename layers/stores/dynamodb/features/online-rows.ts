import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type AttributeValue, BatchGetItemCommand, ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { DependencyError } from "#core/errors.ts";
import type { FeatureView } from "#core/features/definitions.ts";
import type { FeatureRow } from "#core/features/feature-rows.ts";
import { readValue } from "#core/features/feature-values.ts";
import type { OnlineRow, OnlineStore, RowAddress } from "#core/features/online-store.ts";

/*
 * The newest feature row of every key, in the table `features`: one item per key and view, so that all views of a key share a partition.
 *
 * | attribute | holds                                                                                                     |
 * |-----------|-----------------------------------------------------------------------------------------------------------|
 * | pk  S     | key#<canonical key>, e.g. key#driver_id=i:1001; beyond 1024 bytes the SHA-256 of it                        |
 * | sk  S     | <view>@<generation>: rows of another key or type of feature are never taken for these                      |
 * | e   N     | event time, microseconds                                                                                   |
 * | c   N     | creation time, microseconds; 0 where the view has none                                                     |
 * | t   S     | tie: decides between rows of one e and c                                                                   |
 * | v   S     | the features as one JSON object: an item of 20 numbers stays under 1 KB, one write unit                    |
 * | expiresAt N | e + ttl + a day, in seconds; DynamoDB deletes later than that, so that reads test the age themselves      |
 *
 * | pattern                    | request                                                                                      |
 * |----------------------------|----------------------------------------------------------------------------------------------|
 * | read keys of views         | BatchGetItem, 100 keys a call, calls in parallel, unprocessed keys asked for again            |
 * | write unless held is newer | PutItem on condition of (e, c, t); 32 at a time: BatchWriteItem knows no conditions           |
 */
const keysPerRead = 100;
const writesAtOnce = 32;
const attempts = 6;
const graceSeconds = 86_400;
const notOlder = "attribute_not_exists(e) OR e < :e OR (e = :e AND (c < :c OR (c = :c AND t < :t)))";

type Key = { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
const storedRow = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  e: z.object({ N: z.string() }),
  v: z.object({ S: z.string() }),
});

function partition(key: string): string {
  return key.length > 1024 ? `key#sha256:${createHash("sha256").update(key).digest("hex")}` : `key#${key}`;
}
const itemKey = ({ view, key }: RowAddress): Key => ({ pk: { S: partition(key) }, sk: { S: `${view.name}@${view.generation}` } });

/** One call's worth of keys. @throws DependencyError when DynamoDB keeps leaving some of them out */
async function batchGet(client: DynamoDBClient, TableName: string, keys: readonly Key[], ConsistentRead: boolean): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let left: Record<string, AttributeValue>[] = keys.map((key) => ({ ...key }));
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await setTimeout(10 * 2 ** attempt);
    const answer = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: left, ConsistentRead, ProjectionExpression: "pk, sk, e, v" } } }),
    );
    items.push(...(answer.Responses?.[TableName] ?? []));
    left = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
    if (left.length === 0) return items;
  }
  throw new DependencyError(`the online store left ${left.length} of ${keys.length} keys unread after ${attempts} attempts`);
}

function toRow(view: FeatureView, eventAt: string, packed: string): OnlineRow {
  const held = JSON.parse(packed) as Readonly<Record<string, unknown>>;
  const values = Object.fromEntries(view.features.map(({ name, valueType }) => [name, readValue(valueType, held[name], `stored ${name}`)]));
  return { eventAt: Number(eventAt), values };
}

export const onlineRowStore = (client: DynamoDBClient, TableName: string): OnlineStore => ({
  async read(addresses, { consistent }) {
    const keys = addresses.map(itemKey);
    const chunks = Array.from({ length: Math.ceil(keys.length / keysPerRead) }, (_, index) => keys.slice(index * keysPerRead, (index + 1) * keysPerRead));
    const items = (await Promise.all(chunks.map((chunk) => batchGet(client, TableName, chunk, consistent)))).flat();
    const found = new Map(
      items.map((item) => {
        const { pk, sk, e, v } = storedRow.parse(item);
        return [`${sk.S} ${pk.S}`, { e: e.N, v: v.S }];
      }),
    );
    return addresses.map(({ view }, index) => {
      const { pk, sk } = keys[index] ?? { pk: { S: "" }, sk: { S: "" } };
      const item = found.get(`${sk.S} ${pk.S}`);
      return item && toRow(view, item.e, item.v);
    });
  },

  async write(view, rows) {
    async function put({ key, eventAt, createdAt, tie, packed }: FeatureRow): Promise<boolean> {
      const [e, c, t] = [{ N: String(eventAt) }, { N: String(createdAt) }, { S: tie }];
      const expires = view.ttlSeconds > 0 && { expiresAt: { N: String(Math.ceil(eventAt / 1e6) + view.ttlSeconds + graceSeconds) } };
      try {
        await client.send(
          new PutItemCommand({
            TableName,
            Item: { ...itemKey({ view, key }), e, c, t, v: { S: packed }, ...expires },
            ConditionExpression: notOlder,
            ExpressionAttributeValues: { ":e": e, ":c": c, ":t": t },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    }
    const waiting = rows.values();
    let written = 0;
    const worker = async () => {
      for (const row of waiting) if (await put(row)) written += 1;
    };
    await Promise.all(Array.from({ length: Math.min(writesAtOnce, rows.length) }, worker));
    return written;
  },
});
