import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DependencyError } from "#core/errors.ts";
import { expressions } from "./expressions.ts";
import { absent, ConditionFailed, type Item, type ItemTable, ItemTooLarge, type Key } from "./item-table.ts";

/** The service's limit of one BatchGetItem. */
const batch = 100;
const keyOf = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });
const nameOf = (item: Item) => `${item["pk"]?.S}\u0000${item["sk"]?.S}`;

/** A transaction that met another writer is as one whose condition did not hold: its caller looks again. */
const clashes: ReadonlySet<string> = new Set(["ConditionalCheckFailed", "TransactionConflict"]);

/** What a refused write means here; other errors stay what they are. */
function translated(error: unknown): unknown {
  if (error instanceof ConditionalCheckFailedException) return new ConditionFailed(error.Item);
  if (error instanceof Error && error.name === "ValidationException" && /item size/i.test(error.message))
    return new ItemTooLarge(error.message, { cause: error });
  if (error instanceof TransactionCanceledException && error.CancellationReasons?.some(({ Code = "" }) => clashes.has(Code)))
    return new ConditionFailed(undefined);
  return error;
}
async function sent<T>(reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    throw translated(error);
  }
}

/** The tracking table behind its client. */
export function dynamoDbTable(client: DynamoDBClient, TableName: string): ItemTable {
  async function getBatch(keys: readonly Key[]): Promise<Item[]> {
    const found: Item[] = [];
    let left: Record<string, AttributeValue>[] = keys.map(keyOf);
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === 10) throw new DependencyError("DynamoDB left keys of a BatchGetItem unread");
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[TableName] ?? []));
      left = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
    return found;
  }
  return {
    async get(keys) {
      const batches = Array.from({ length: Math.ceil(keys.length / batch) }, (_, index) => keys.slice(index * batch, (index + 1) * batch));
      const found = new Map((await Promise.all(batches.map(getBatch))).flat().map((item) => [nameOf(item), item]));
      return keys.map(({ pk, sk }) => found.get(`${pk}\u0000${sk}`));
    },
    async query(pk, prefix = "") {
      const items: Item[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: prefix === "" ? "pk = :pk" : "pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues: { ":pk": { S: pk }, ...(prefix !== "" && { ":sk": { S: prefix } }) },
            ExclusiveStartKey,
          }),
        );
        items.push(...Items);
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return items;
    },
    async put(item, condition) {
      const written = expressions();
      const ConditionExpression = condition && written.condition(condition);
      const conditional = { ConditionExpression, ReturnValuesOnConditionCheckFailure: "ALL_OLD", ...written.attributes() } as const;
      await sent(client.send(new PutItemCommand({ TableName, Item: { ...item }, ...(condition && conditional) })));
    },
    async putBeside(item, beside, condition) {
      const [mine, other] = [expressions(), expressions()];
      const Put = { TableName, Item: { ...item }, ConditionExpression: mine.condition(absent), ...mine.attributes() };
      const ConditionCheck = { TableName, Key: keyOf(beside), ConditionExpression: other.condition(condition), ...other.attributes() };
      await sent(client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, { ConditionCheck }] })));
    },
    async delete(key, condition) {
      const written = expressions();
      const ConditionExpression = condition && written.condition(condition);
      await sent(client.send(new DeleteItemCommand({ TableName, Key: keyOf(key), ConditionExpression, ...written.attributes() })));
    },
    async update(key, update, condition) {
      const written = expressions();
      const UpdateExpression = written.update(update);
      const ConditionExpression = written.condition(condition);
      const { Attributes = {} } = await sent(
        client.send(
          new UpdateItemCommand({ TableName, Key: keyOf(key), UpdateExpression, ConditionExpression, ReturnValues: "ALL_NEW", ...written.attributes() }),
        ),
      );
      return Attributes;
    },
  };
}
