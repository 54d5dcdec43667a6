/**
 * Datasets in the platform table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | a dataset | GetItem pk = `DATASETS`, sk = name |
 * | all datasets, by name | Query pk = `DATASETS` |
 * | a version | GetItem pk = `DATASET#<name>`, sk = `VERSION#<version>` |
 * | versions of a dataset | Query pk = `DATASET#<name>` |
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { DataContract } from "#contracts/platform/data-contract.ts";
import { type Dataset, DatasetVersion } from "#contracts/platform/datasets.ts";
import type { DatasetStore } from "#core/data/datasets.ts";

const text = z.object({ S: z.string() }).transform(({ S }) => S);
const DatasetRow = z
  .object({ sk: text, description: text.optional(), contract: text.optional(), createdAt: text, updatedAt: text, latestVersion: text.optional() })
  .transform(
    ({ sk, description = "", contract, createdAt, updatedAt, latestVersion = null }): Dataset => ({
      name: sk,
      description,
      contract: contract === undefined ? null : DataContract.parse(JSON.parse(contract)),
      createdAt,
      updatedAt,
      latestVersion,
    }),
  );
const VersionRow = z
  .object({ document: text, announced: z.object({ BOOL: z.boolean() }).optional() })
  .transform(({ document, announced }) => ({ version: DatasetVersion.parse(JSON.parse(document)), announced: announced?.BOOL === true }));

const datasetKey = (name: string) => ({ pk: { S: "DATASETS" }, sk: { S: name } });
const versionKey = (dataset: string, version: string) => ({ pk: { S: `DATASET#${dataset}` }, sk: { S: `VERSION#${version}` } });
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function datasetStore(client: DynamoDBClient, TableName: string): DatasetStore {
  const get = async (Key: ReturnType<typeof datasetKey>) => (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  async function query<T>(pk: string, row: z.ZodType<T>): Promise<T[]> {
    const found: T[] = [];
    const input = { TableName, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: pk } }, ConsistentRead: true };
    for await (const page of paginateQuery({ client }, input)) for (const item of page.Items ?? []) found.push(row.parse(item));
    return found;
  }

  /** Points the dataset at a version unless it points at a newer one; makes the dataset where there is none. */
  async function pointAt({ dataset, version, createdAt }: DatasetVersion): Promise<void> {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: datasetKey(dataset),
          UpdateExpression:
            "SET latestVersion = :version, latestAt = :at, createdAt = if_not_exists(createdAt, :at), updatedAt = if_not_exists(updatedAt, :at)",
          ConditionExpression: "attribute_not_exists(latestAt) OR latestAt <= :at",
          ExpressionAttributeValues: { ":version": { S: version }, ":at": { S: createdAt } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async function insert(version: DatasetVersion): Promise<{ version: DatasetVersion; announced: boolean }> {
    const key = versionKey(version.dataset, version.version);
    try {
      const Item = { ...key, document: { S: JSON.stringify(version) } };
      await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" }));
      return { version, announced: false };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return VersionRow.parse(await get(key));
    }
  }

  return {
    async put({ name, description, contract }, at) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName,
          Key: datasetKey(name),
          UpdateExpression: `SET description = :description, updatedAt = :at, createdAt = if_not_exists(createdAt, :at)${contract === null ? " REMOVE contract" : ", contract = :contract"}`,
          ExpressionAttributeValues: {
            ":description": { S: description },
            ":at": { S: at },
            ...(contract !== null && { ":contract": { S: JSON.stringify(contract) } }),
          },
          ReturnValues: "ALL_NEW",
        }),
      );
      return DatasetRow.parse(Attributes);
    },
    async find(name) {
      const item = await get(datasetKey(name));
      return item === undefined ? undefined : DatasetRow.parse(item);
    },
    list: async () => await query("DATASETS", DatasetRow),
    async addVersion(version) {
      const kept = await insert(version);
      await pointAt(kept.version);
      return kept;
    },
    async markAnnounced(dataset, version) {
      const change = { UpdateExpression: "SET announced = :yes", ExpressionAttributeValues: { ":yes": { BOOL: true } } };
      await client.send(new UpdateItemCommand({ TableName, Key: versionKey(dataset, version), ...change }));
    },
    async findVersion(dataset, version) {
      const item = await get(versionKey(dataset, version));
      return item === undefined ? undefined : VersionRow.parse(item).version;
    },
    async versions(dataset) {
      const rows = await query(`DATASET#${dataset}`, VersionRow);
      return rows.map(({ version }) => version).toSorted((a, b) => compareText(b.createdAt, a.createdAt) || compareText(a.version, b.version));
    },
  };
}
