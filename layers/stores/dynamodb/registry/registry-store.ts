/**
 * Registered models, prompts and their versions in the tracking table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | a model by name, with aliases and latest versions | GetItem pk = `N#M#<name>`, sk = `m` |
 * | a version | GetItem pk = `M#<model id>`, sk = `v#<number, 10 digits>` |
 * | versions of a model | Query pk = `M#<model id>` |
 * | history of a model, the newest last | Query pk = `H#<model id>`, sk begins with `m#`: `m#<number, 10 digits>` |
 * | history of a version | the same with `v#<number, 10 digits>#` |
 * | all models, all prompts | Query pk = `L#models#0`, `L#prompts#0` |
 * | all versions of models, of prompts | Query pk = `L#versions#0`, `L#promptversions#0` |
 *
 * Every change is one transaction on the name item, conditioned on the revision that was read, with the entries, versions and
 * history that it touches. Versions hang on the model's id, so a rename moves none of them and a removed model's can be swept later.
 */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { DependencyError, invalid } from "#core/errors.ts";
import { kindOf } from "#core/registry/prompts.ts";
import type { ModelVersion, RegisteredModel } from "#core/registry/registry.ts";
import type { HistoryRange, RegistryStore } from "#core/registry/registry-store.ts";
import {
  allVersionsPartition,
  historyKey,
  historyPartition,
  lastNumber,
  modelIdOfEntry,
  modelKey,
  modelsPartition,
  type RowKey,
  versionEntryKey,
  versionKey,
  versionsPartition,
} from "./registry-keys.ts";
import { type Row, readEntry, readModel, readVersion } from "./registry-rows.ts";
import { changeItems, removalItems } from "./registry-transaction.ts";

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

function tooLarge(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) return error.CancellationReasons?.some(({ Code }) => Code === "ValidationError") ?? false;
  return error instanceof Error && error.name === "ValidationException" && /size/i.test(error.message);
}

export function registryStore(client: DynamoDBClient, TableName: string): RegistryStore {
  async function list(pk: string): Promise<Row[]> {
    const rows: Row[] = [];
    const input = { TableName, ConsistentRead: true, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: pk } } };
    for await (const page of paginateQuery({ client }, input)) rows.push(...(page.Items ?? []));
    return rows;
  }

  async function find(name: string): Promise<RegisteredModel | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: modelKey(name), ConsistentRead: true }));
    return Item === undefined ? undefined : readModel(Item);
  }

  async function getAll(keys: readonly RowKey[]): Promise<Row[]> {
    const [only] = keys;
    if (keys.length === 1 && only) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: only, ConsistentRead: true }));
      return Item ? [Item] : [];
    }
    const rows: Row[] = [];
    let left: Row[] = [...keys];
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === 20) throw new DependencyError("DynamoDB left keys of a BatchGetItem unread");
      const asked = left.slice(0, 100);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: asked, ConsistentRead: true } } }),
      );
      rows.push(...(Responses?.[TableName] ?? []));
      left = [...(UnprocessedKeys?.[TableName]?.Keys ?? []), ...left.slice(100)];
    }
    return rows;
  }

  /** @returns false when a condition did not hold or another transaction was at the same items */
  async function transact(TransactItems: TransactWriteItem[]): Promise<boolean> {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: randomUUID() }));
      return true;
    } catch (error) {
      if (tooLarge(error)) throw invalid("tags and description must be at most 350 KB in all for a registered model, and for a version");
      if (!(error instanceof TransactionCanceledException)) throw error;
      await setTimeout(Math.random() * 20);
      return false;
    }
  }

  async function sweep(keys: readonly Row[]): Promise<void> {
    for (const batch of chunks(keys, 25)) {
      let requests: { DeleteRequest: { Key: Row } }[] = batch.map((Key) => ({ DeleteRequest: { Key } }));
      for (let attempt = 0; requests.length > 0 && attempt < 5; attempt += 1) {
        const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
        requests = (UnprocessedItems?.[TableName] ?? []).flatMap(({ DeleteRequest }) =>
          DeleteRequest?.Key ? [{ DeleteRequest: { Key: DeleteRequest.Key } }] : [],
        );
      }
    }
  }

  async function history(modelId: string, { version, before, limit }: HistoryRange): Promise<Row[]> {
    const { pk, sk: first } = historyKey(modelId, version, 0);
    const { sk: last } = historyKey(modelId, version, before === undefined ? lastNumber : before - 1);
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: { ":pk": pk, ":first": first, ":last": last },
      }),
    );
    return Items;
  }

  return {
    find,
    findVersions: async (modelId, versions) => (await getAll(versions.map((version) => versionKey(modelId, version)))).map(readVersion),
    listVersions: async (modelId) => (await list(versionsPartition(modelId))).map(readVersion),
    listModels: async (kind) => (await list(modelsPartition(kind))).map(readModel),
    listAllVersions: async (kind) =>
      (await list(allVersionsPartition(kind))).map((row) => ({ ...readVersion(row), registeredModelId: modelIdOfEntry(row["sk"]?.S ?? "") })),

    history: async (modelId, range) => (await history(modelId, range)).map(readEntry),

    async commit(change) {
      if (await transact(changeItems(TableName, change))) return "committed";
      const present = await find(change.after.name);
      // A lost reply makes the SDK send again, and the repeat is refused: our own revision says that the first attempt went through.
      if (present?.revision === change.after.revision) return "committed";
      const wasFree = change.before?.name !== change.after.name;
      return wasFree && present !== undefined ? "nameTaken" : "conflict";
    },

    async remove(model) {
      if (!(await transact(removalItems(TableName, model)))) return false;
      const versions: readonly ModelVersion[] = (await list(versionsPartition(model.id))).map(readVersion);
      await sweep(versions.flatMap((version) => [versionKey(model.id, version.version), versionEntryKey(kindOf(version), model.id, version.version)]));
      await sweep((await list(historyPartition(model.id))).flatMap(({ pk, sk }) => (pk && sk ? [{ pk, sk }] : [])));
      return true;
    },
  };
}
