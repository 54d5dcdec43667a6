/**
 * Documents that are listed by time, in the platform table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | one by id | GetItem pk = `<KIND>#<id>`, sk = `d` |
 * | newest first | Query pk = `<KIND>S`, sk descending: `<13 digits of milliseconds>#<id>` |
 * | newest of a group first | Query pk = `<KIND>S#<group>`, the same sk |
 *
 * All items hold the whole document and are written in one transaction, so that no list is ever behind.
 */
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { DependencyError, invalid } from "#core/errors.ts";
import type { DocumentStore } from "#core/pipelines/documents.ts";

export interface DocumentKind<T> {
  /** Upper case; begins the keys. */
  readonly kind: string;
  /** Reads a document back; what does not fit is a defect. */
  readonly schema: z.ZodType<T>;
  readonly id: (document: T) => string;
  /** Milliseconds since the epoch; must never change. */
  readonly at: (document: T) => number;
  /** What documents are also listed by; must never change. */
  readonly groups?: (document: T) => readonly string[];
}

const Row = z.object({ document: z.object({ S: z.string() }), revision: z.object({ N: z.coerce.number() }) });
const isCancelledFor = (error: unknown, reason: "ConditionalCheckFailed" | "TransactionConflict") =>
  error instanceof TransactionCanceledException && error.CancellationReasons?.some(({ Code }) => Code === reason) === true;

const encodeToken = (sk: string) => Buffer.from(sk).toString("base64url");
function decodeToken(token: string): string {
  const sk = Buffer.from(token, "base64url").toString();
  if (!/^\d{13}#/.test(sk)) throw invalid(`pageToken must come from a previous page, got ${token}`);
  return sk;
}

export function documentStore<T>(client: DynamoDBClient, TableName: string, { kind, schema, id, at, groups }: DocumentKind<T>): DocumentStore<T> {
  const single = (of: string) => ({ pk: { S: `${kind}#${of}` }, sk: { S: "d" } });
  const listKey = (of?: string) => ({ S: of === undefined ? `${kind}S` : `${kind}S#${of}` });
  const entries = (document: T) =>
    [undefined, ...(groups?.(document) ?? [])].map((of) => ({ pk: listKey(of), sk: { S: `${String(at(document)).padStart(13, "0")}#${id(document)}` } }));
  const read = (item: Record<string, AttributeValue>) => {
    const row = Row.parse(item);
    return { document: schema.parse(JSON.parse(row.document.S)), revision: row.revision.N };
  };
  async function write(document: T, revision: number, condition: object): Promise<boolean> {
    const attributes = { document: { S: JSON.stringify(document) }, revision: { N: String(revision) } };
    const first = {
      Put: { TableName, Item: { ...single(id(document)), ...attributes }, ...condition } as { TableName: string; Item: Record<string, AttributeValue> },
    };
    try {
      const listed = entries(document).map((key) => ({ Put: { TableName, Item: { ...key, ...attributes } } }));
      await client.send(new TransactWriteItemsCommand({ TransactItems: [first, ...listed] }));
      return true;
    } catch (error) {
      if (isCancelledFor(error, "ConditionalCheckFailed")) return false;
      // Two transactions met at the item; one of them was cancelled, and what the other wrote is not known yet.
      throw isCancelledFor(error, "TransactionConflict") ? new DependencyError(`${kind} ${id(document)} is being changed`, { cause: error }) : error;
    }
  }
  return {
    insert: (document) => write(document, 1, { ConditionExpression: "attribute_not_exists(pk)" }),
    replace: (document, revision) =>
      write(document, revision + 1, { ConditionExpression: "revision = :seen", ExpressionAttributeValues: { ":seen": { N: String(revision) } } }),
    async find(of) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: single(of), ConsistentRead: true }));
      return Item && read(Item);
    },
    async list(limit, pageToken, of) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": listKey(of) },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit,
          ...(pageToken !== undefined && { ExclusiveStartKey: { pk: listKey(of), sk: { S: decodeToken(pageToken) } } }),
        }),
      );
      const next = LastEvaluatedKey?.["sk"]?.S;
      return { documents: Items.map((item) => read(item).document), ...(next !== undefined && { nextPageToken: encodeToken(next) }) };
    },
  };
}
