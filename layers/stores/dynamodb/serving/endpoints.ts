/**
 * Endpoints in the platform table. Documents are JSON in one attribute; what conditions look at stands beside it.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | endpoint by name | GetItem pk = `ENDPOINT#<name>`, sk = `ENDPOINT` |
 * | all endpoints | Query pk = `ENDPOINTS`, sk = name |
 * | history, latest first | Query pk = `ENDPOINT#<name>`, sk begins with `EVENT#` (time, revision), backwards |
 * | rollouts of an endpoint | Query pk = `ENDPOINT#<name>`, sk begins with `ROLLOUT#` |
 * | one rollout | GetItem pk = `ENDPOINT#<name>`, sk = `ROLLOUT#<id>` |
 * | bytes that must not be served | GetItem pk = `REVOCATION#<sha256>`, sk = `REVOCATION` |
 *
 * An endpoint, its entry in the list, the event and the rollout change in one transaction.
 */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { Endpoint, EndpointEvent, Revocation } from "#contracts/platform/endpoint.ts";
import { Rollout } from "#contracts/platform/rollout.ts";
import { conflict, DependencyError } from "#core/errors.ts";
import type { EndpointSource } from "#core/serving/endpoint-source.ts";
import type { EndpointStore } from "#core/serving/endpoint-store.ts";

type Item = Record<string, AttributeValue>;

const Row = z.object({ document: z.object({ S: z.string() }) }).transform(({ document }): unknown => JSON.parse(document.S));
const partition = (name: string) => ({ S: `ENDPOINT#${name}` });
const endpointKey = (name: string): Item => ({ pk: partition(name), sk: { S: "ENDPOINT" } });
const listKey = (name: string): Item => ({ pk: { S: "ENDPOINTS" }, sk: { S: name } });
const rolloutKey = (name: string, id: string): Item => ({ pk: partition(name), sk: { S: `ROLLOUT#${id}` } });
const revocationKey = (digest: string): Item => ({ pk: { S: `REVOCATION#${digest}` }, sk: { S: "REVOCATION" } });
const eventKey = (name: string, { at, revision }: EndpointEvent): Item => ({
  pk: partition(name),
  sk: { S: `EVENT#${String(at).padStart(15, "0")}#${String(revision).padStart(9, "0")}` },
});
const document = (value: unknown) => ({ S: JSON.stringify(value) });

/** Endpoints for a server of predictions: eventually consistent reads, at half the price. */
export const servedEndpoints = (client: DynamoDBClient, TableName: string): EndpointSource => ({
  async find(name) {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: endpointKey(name) }));
    return Item === undefined ? undefined : Endpoint.parse(Row.parse(Item));
  },
});

const rolloutPut = (TableName: string, rollout: Rollout) => ({
  TableName,
  Item: { ...rolloutKey(rollout.endpointName, rollout.rolloutId), status: { S: rollout.status }, document: document(rollout) },
});
/** A rollout that ended stays as it ended, but for a promotion, which may still be taken back. */
const stillOpen = {
  ConditionExpression: "attribute_not_exists(pk) OR #status = :running OR (#status = :promoted AND :next = :rolledBack)",
  ExpressionAttributeNames: { "#status": "status" },
};
const openValues = (rollout: Rollout) => ({
  ":running": { S: "running" },
  ":promoted": { S: "promoted" },
  ":rolledBack": { S: "rolledBack" },
  ":next": { S: rollout.status },
});

/** The store's promise in DynamoDB's terms. */
export function endpointStore(client: DynamoDBClient, TableName: string): EndpointStore {
  async function get(Key: Item): Promise<unknown> {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item === undefined ? undefined : Row.parse(Item);
  }
  async function all(condition: string, values: Item): Promise<unknown[]> {
    const found: unknown[] = [];
    const input = { TableName, KeyConditionExpression: condition, ExpressionAttributeValues: values, ConsistentRead: true };
    for await (const page of paginateQuery({ client }, input)) for (const item of page.Items ?? []) found.push(Row.parse(item));
    return found;
  }
  async function transact(items: TransactWriteItem[], refused: string): Promise<void> {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = error.CancellationReasons?.map(({ Code }) => Code) ?? [];
      if (codes.includes("ConditionalCheckFailed")) throw conflict(refused);
      throw new DependencyError(`the change was not made: ${codes.join(", ")}`, { cause: error });
    }
  }
  const eventPut = (name: string, event: EndpointEvent): TransactWriteItem => ({
    Put: { TableName, Item: { ...eventKey(name, event), document: document(event) } },
  });
  const atRevision = (expected: number) =>
    expected === 0
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : { ConditionExpression: "revision = :expected", ExpressionAttributeValues: { ":expected": { N: String(expected) } } };

  return {
    async find(name) {
      const found = await get(endpointKey(name));
      return found === undefined ? undefined : Endpoint.parse(found);
    },
    list: async () => (await all("pk = :pk", { ":pk": { S: "ENDPOINTS" } })).map((found) => Endpoint.parse(found)),
    async save({ endpoint, expectedRevision, event, rollout }) {
      const Item = { revision: { N: String(endpoint.revision) }, document: document(endpoint) };
      await transact(
        [
          { Put: { TableName, Item: { ...endpointKey(endpoint.name), ...Item }, ...atRevision(expectedRevision) } },
          { Put: { TableName, Item: { ...listKey(endpoint.name), ...Item } } },
          eventPut(endpoint.name, event),
          ...(rollout ? [{ Put: { ...rolloutPut(TableName, rollout), ...stillOpen, ExpressionAttributeValues: openValues(rollout) } }] : []),
        ],
        `endpoint ${endpoint.name} is no longer at revision ${expectedRevision}, or its rollout has ended`,
      );
    },
    async remove({ name, revision }, event) {
      await transact(
        [{ Delete: { TableName, Key: endpointKey(name), ...atRevision(revision) } }, { Delete: { TableName, Key: listKey(name) } }, eventPut(name, event)],
        `endpoint ${name} is no longer at revision ${revision}`,
      );
    },
    async events(name, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
          ExpressionAttributeValues: { ":pk": partition(name), ":prefix": { S: "EVENT#" } },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => EndpointEvent.parse(Row.parse(item)));
    },
    async findRollout(endpoint, rolloutId) {
      const found = await get(rolloutKey(endpoint, rolloutId));
      return found === undefined ? undefined : Rollout.parse(found);
    },
    async rollouts(endpoint) {
      const found = await all("pk = :pk AND begins_with(sk, :prefix)", { ":pk": partition(endpoint), ":prefix": { S: "ROLLOUT#" } });
      return found.map((one) => Rollout.parse(one)).toSorted((a, b) => b.startedAt - a.startedAt);
    },
    async saveRollout(rollout, endpointRevision) {
      const put = { Put: { ...rolloutPut(TableName, rollout), ...stillOpen, ExpressionAttributeValues: openValues(rollout) } };
      const unchanged = { ConditionCheck: { TableName, Key: endpointKey(rollout.endpointName), ...atRevision(endpointRevision) } };
      await transact([put, unchanged], `rollout ${rollout.rolloutId} has ended, or its endpoint is no longer at revision ${endpointRevision}`);
    },
    async revoke(digest, revocation) {
      await client.send(new PutItemCommand({ TableName, Item: { ...revocationKey(digest), document: document(revocation) } }));
    },
    async revocation(digest) {
      const found = await get(revocationKey(digest));
      return found === undefined ? undefined : Revocation.parse(found);
    },
  };
}
