/**
 * Monitors in the platform table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | a monitor | GetItem pk = `MONITORS`, sk = name |
 * | all monitors, by name | Query pk = `MONITORS` |
 * | reports of a monitor, newest first | Query pk = `MONITOR#<name>`, sk begins with `REPORT#`, backwards |
 *
 * What was asked of a monitor, what it remembers and what is muted are attributes of one item, each written without touching the others. Reports leave the list after 400 days.
 */
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { Mute, Severity } from "#contracts/platform/drift-report.ts";
import { MonitorDefinition, ReportSummary } from "#contracts/platform/monitors.ts";
import { blank, type MonitorStore, type StoredMonitor } from "#core/monitoring/monitors.ts";

const reportDays = 400;
const Memory = z.object({
  alarm: z.object({
    state: z.enum(["ok", "pending", "alarm"]),
    breaches: z.array(z.boolean()),
    quiet: z.int(),
    episode: z.string().nullable(),
    raisedAt: z.string().nullable(),
    emptyWindows: z.int(),
  }),
  lastWindowTo: z.string().nullable(),
  lastReportId: z.string().nullable(),
  lastSeverity: Severity.nullable(),
  lastScore: z.number().nullable(),
  unannounced: z.object({ detailType: z.string(), detail: z.unknown() }).nullable(),
});
const text = z.object({ S: z.string() }).transform(({ S }) => S);
const Row = z
  .object({
    asked: text,
    createdAt: text,
    updatedAt: text,
    memory: text.optional(),
    mutes: text.optional(),
    revision: z.object({ N: z.coerce.number() }).optional(),
  })
  .transform(
    ({ asked, createdAt, updatedAt, memory, mutes, revision }): StoredMonitor => ({
      definition: MonitorDefinition.parse(JSON.parse(asked)),
      createdAt,
      updatedAt,
      memory: memory === undefined ? blank : Memory.parse(JSON.parse(memory)),
      mutes: mutes === undefined ? [] : z.array(Mute).parse(JSON.parse(mutes)),
      revision: revision?.N ?? 0,
    }),
  );
const ReportRow = z.object({ document: text }).transform(({ document }) => ReportSummary.parse(JSON.parse(document)));

const keyOf = (name: string) => ({ pk: { S: "MONITORS" }, sk: { S: name } });
const reportsOf = (name: string) => ({ S: `MONITOR#${name}` });

export function monitorStore(client: DynamoDBClient, TableName: string): MonitorStore {
  async function removeReports(name: string): Promise<void> {
    const input = { TableName, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": reportsOf(name) }, ProjectionExpression: "pk, sk" };
    for await (const page of paginateQuery({ client, pageSize: 25 }, input)) {
      const requests = (page.Items ?? []).map((Key) => ({ DeleteRequest: { Key } }));
      if (requests.length > 0) await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    }
  }
  /** @returns false where its condition does not hold */
  async function isUpdated(name: string, update: Omit<UpdateItemCommandInput, "TableName" | "Key">): Promise<boolean> {
    try {
      await client.send(new UpdateItemCommand({ TableName, Key: keyOf(name), ...update }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
  return {
    async put(definition, at) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(definition.name),
          UpdateExpression: "SET asked = :asked, updatedAt = :at, createdAt = if_not_exists(createdAt, :at)",
          ExpressionAttributeValues: { ":asked": { S: JSON.stringify(definition) }, ":at": { S: at } },
          ReturnValues: "ALL_NEW",
        }),
      );
      return Row.parse(Attributes);
    },
    async find(name) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(name), ConsistentRead: true }));
      return Item === undefined ? undefined : Row.parse(Item);
    },
    async list() {
      const found: StoredMonitor[] = [];
      const input = { TableName, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "MONITORS" } }, ConsistentRead: true };
      for await (const page of paginateQuery({ client }, input)) for (const item of page.Items ?? []) found.push(Row.parse(item));
      return found;
    },
    async remove(name) {
      await removeReports(name);
      await client.send(new DeleteItemCommand({ TableName, Key: keyOf(name) }));
    },
    remember: (name, revision, memory) =>
      isUpdated(name, {
        UpdateExpression: "SET memory = :memory, revision = :next",
        ConditionExpression: revision === 0 ? "attribute_exists(asked) AND attribute_not_exists(revision)" : "revision = :revision",
        ExpressionAttributeValues: {
          ":memory": { S: JSON.stringify(memory) },
          ":next": { N: String(revision + 1) },
          ...(revision > 0 && { ":revision": { N: String(revision) } }),
        },
      }),
    mute: (name, before, after) =>
      isUpdated(name, {
        UpdateExpression: "SET mutes = :after",
        ConditionExpression: before.length === 0 ? "attribute_exists(asked) AND (attribute_not_exists(mutes) OR mutes = :before)" : "mutes = :before",
        ExpressionAttributeValues: { ":after": { S: JSON.stringify(after) }, ":before": { S: JSON.stringify(before) } },
      }),
    async addReport(summary) {
      const expiresAt = Math.floor(Date.parse(summary.createdAt) / 1000) + reportDays * 86_400;
      const Item = {
        pk: reportsOf(summary.monitor),
        sk: { S: `REPORT#${summary.id}` },
        document: { S: JSON.stringify(summary) },
        expiresAt: { N: String(expiresAt) },
      };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
    async reports(name, limit) {
      const condition = {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :report)",
        ExpressionAttributeValues: { ":pk": reportsOf(name), ":report": { S: "REPORT#" } },
      };
      const { Items = [] } = await client.send(new QueryCommand({ TableName, ...condition, ScanIndexForward: false, Limit: limit }));
      return Items.map((item) => ReportRow.parse(item));
    },
  };
}
