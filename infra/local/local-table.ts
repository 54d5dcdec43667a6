import { gunzipSync, gzipSync } from "node:zlib";
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/**
 * What only the laptop keeps, in the table `local`.
 *
 * | pk | sk | what |
 * |---|---|---|
 * | `EXECUTION#<machine>:<name>` | `META` | an execution: status, input, output, times |
 * | same | `FRAME#<frame>` | where one level of it stands |
 * | same | `EVENT#<last id>` | the history events of one commit |
 * | `MACHINE#<machine>` | `START#<time>#<name>` | its executions by start, for lists |
 * | `DEFINITION` | `<sha-256>` | the definition that an execution began with |
 * | `RUNNING` | `<machine>:<name>` | executions to go on with after a restart |
 * | `QUEUE` | `<time>#<event>#<function>` | an event that a function has not dealt with yet |
 * | `DEADLETTER` | same | an event that a function failed to deal with, too often |
 * | `SCHEDULE` | `<group>/<name>` | a schedule, when it ran last and when it is due |
 * | `TRAININGJOB` | `<name>` | a training job: request, status, transitions, metrics |
 * | `SAGEMAKER#<kind>` | `<name>` | a model, endpoint configuration or endpoint as SageMaker's clients made it |
 *
 * A row of more than 350 kB of compressed JSON goes on in rows `<sk>!<n>`, which sort right behind it.
 */
export interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly body: unknown;
}
export type Change =
  | { readonly put: Row; readonly when?: "absent" | "present" }
  | { readonly remove: { readonly pk: string; readonly sk: string }; readonly when?: "present" };

/** Which rows of a partition: those whose sort key begins with `prefix`, narrowed to the keys from `from` to `to`, both included. */
export interface Selection {
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Rows of JSON with atomic writes. */
export interface LocalTable {
  get(pk: string, sk: string): Promise<unknown>;
  query(pk: string, selection?: Selection): Promise<readonly Row[]>;
  /** All of the changes or none. @returns false where a `when` did not hold */
  write(changes: readonly Change[]): Promise<boolean>;
  /** Removes every row of the partition whose sort key begins with the prefix; safe to repeat. */
  clear(pk: string, prefix: string): Promise<void>;
}

const partBytes = 350_000;
const plainBytes = 4_096;
const beyond = "\u{10ffff}";
type Item = Record<string, AttributeValue>;

/** Short bodies as text, long ones compressed, the longest in parts. */
function itemsOf({ pk, sk, body }: Row): Item[] {
  const text = JSON.stringify(body);
  if (text.length <= plainBytes) return [{ pk: { S: pk }, sk: { S: sk }, text: { S: text } }];
  const bytes = gzipSync(text, { level: 1 });
  const parts = Math.ceil(bytes.length / partBytes);
  return Array.from({ length: parts }, (_part, index) => ({
    pk: { S: pk },
    sk: { S: index === 0 ? sk : `${sk}!${index}` },
    bytes: { B: bytes.subarray(index * partBytes, (index + 1) * partBytes) },
    ...(index === 0 && { parts: { N: String(parts) } }),
  }));
}

/** Puts parts together again. Left out are parts of an earlier, longer version of a row, and a row whose parts a limit cut off. */
function rowsOf(items: readonly Item[]): Row[] {
  const bySk = new Map(items.map((item) => [item["sk"]?.S ?? "", item]));
  return items.flatMap((item) => {
    const [pk = "", sk = ""] = [item["pk"]?.S, item["sk"]?.S];
    if (item["text"]?.S !== undefined) return [{ pk, sk, body: JSON.parse(item["text"].S) as unknown }];
    const count = Number(item["parts"]?.N ?? 0);
    if (count === 0) return [];
    const parts = Array.from({ length: count }, (_part, index) => bySk.get(index === 0 ? sk : `${sk}!${index}`)?.["bytes"]?.B).filter(
      (part) => part !== undefined,
    );
    if (parts.length < count) return [];
    return [{ pk, sk, body: JSON.parse(gunzipSync(Buffer.concat(parts)).toString("utf8")) as unknown }];
  });
}

function writesOf(TableName: string, change: Change): TransactWriteItem[] {
  const condition = change.when && { ConditionExpression: `attribute_${change.when === "absent" ? "not_exists" : "exists"}(pk)` };
  if ("remove" in change) return [{ Delete: { TableName, Key: { pk: { S: change.remove.pk }, sk: { S: change.remove.sk } }, ...condition } }];
  return itemsOf(change.put).map((Item, index) => ({ Put: { TableName, Item, ...(index === 0 && condition) } }));
}

/** The table `local` behind its DynamoDB endpoint. */
export function localTable(client: DynamoDBClient, TableName: string): LocalTable {
  async function itemsIn(pk: string, { prefix = "", from, to, reverse = false, limit = Number.POSITIVE_INFINITY }: Selection): Promise<Item[]> {
    const items: Item[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          ExpressionAttributeValues: { ":pk": { S: pk }, ":from": { S: from ?? (prefix === "" ? " " : prefix) }, ":to": { S: to ?? `${prefix}${beyond}` } },
          ScanIndexForward: !reverse,
          ConsistentRead: true,
          ...(Number.isFinite(limit) && { Limit: limit }),
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey && items.length < limit);
    return items;
  }
  return {
    get: async (pk, sk) => rowsOf(await itemsIn(pk, { from: sk, prefix: `${sk}!` }))[0]?.body,
    query: async (pk, selection = {}) => rowsOf(await itemsIn(pk, selection)),
    async write(changes) {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: changes.flatMap((change) => writesOf(TableName, change)) }));
        return true;
      } catch (error) {
        if (error instanceof TransactionCanceledException && error.CancellationReasons?.some(({ Code }) => Code === "ConditionalCheckFailed")) return false;
        throw error;
      }
    },
    async clear(pk, prefix) {
      const items = await itemsIn(pk, { prefix });
      for (let start = 0; start < items.length; start += 25) {
        const requests = items.slice(start, start + 25).map((item) => ({ DeleteRequest: { Key: { pk: { S: pk }, sk: { S: item["sk"]?.S ?? "" } } } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
      }
    },
  };
}
