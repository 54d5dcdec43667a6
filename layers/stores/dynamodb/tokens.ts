/**
 * Access tokens in the tokens table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | who sent this secret | GetItem pk = `T#<hash>`, sk = `t` |
 * | tokens in force | Query pk = `TOKENS`, sk = hash |
 *
 * Both items of a token are written and removed in one transaction; `expiresAt` (epoch seconds) cleans up behind expired ones.
 */
import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, paginateQuery, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { StoredToken, TokenStore } from "#core/identity/tokens.ts";

const Row = z
  .object({
    hash: z.object({ S: z.string() }),
    principal: z.object({ S: z.string() }),
    createdAt: z.object({ N: z.coerce.number() }),
    expiry: z.object({ N: z.coerce.number() }).optional(),
  })
  .transform(
    ({ hash, principal, createdAt, expiry }): StoredToken => ({ hash: hash.S, principal: principal.S, createdAt: createdAt.N, expiresAt: expiry?.N ?? null }),
  );

const single = (hash: string) => ({ pk: { S: `T#${hash}` }, sk: { S: "t" } });
const entry = (hash: string) => ({ pk: { S: "TOKENS" }, sk: { S: hash } });

const attributes = ({ hash, principal, createdAt, expiresAt }: StoredToken) => ({
  hash: { S: hash },
  principal: { S: principal },
  createdAt: { N: String(createdAt) },
  ...(expiresAt !== null && { expiry: { N: String(expiresAt) }, expiresAt: { N: String(Math.ceil(expiresAt / 1000)) } }),
});

export const tokenStore = (client: DynamoDBClient, TableName: string): TokenStore => ({
  async put(token) {
    const puts = [single(token.hash), entry(token.hash)].map((key) => ({ Put: { TableName, Item: { ...key, ...attributes(token) } } }));
    await client.send(new TransactWriteItemsCommand({ TransactItems: puts }));
  },
  async find(hash) {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: single(hash), ConsistentRead: true }));
    return Item === undefined ? undefined : Row.parse(Item);
  },
  async list() {
    const tokens: StoredToken[] = [];
    const input = { TableName, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "TOKENS" } }, ConsistentRead: true };
    for await (const page of paginateQuery({ client }, input)) for (const item of page.Items ?? []) tokens.push(Row.parse(item));
    return tokens;
  },
  async remove(hash) {
    await client.send(new DeleteItemCommand({ TableName, Key: single(hash) }));
    await client.send(new DeleteItemCommand({ TableName, Key: entry(hash) }));
  },
});
