import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { Entity, FeatureService, FeatureView, name as nameSchema } from "#contracts/platform/features.ts";
import type { DefinitionStore, Definitions, Kind } from "#core/features/definitions.ts";

/*
 * Definitions in the table `features`.
 *
 * | item               | pk                     | sk   | attributes                                   |
 * |--------------------|------------------------|------|----------------------------------------------|
 * | entity             | definition#entity      | name | document (S, JSON), revision (N)             |
 * | feature view       | definition#view        | name | the same                                     |
 * | feature service    | definition#service     | name | the same                                     |
 *
 * | pattern                            | request                                                         |
 * |------------------------------------|-----------------------------------------------------------------|
 * | find one                           | GetItem, consistent                                             |
 * | list a kind by name, from a name on | Query pk, sk > after; its pages are followed up to the limit   |
 * | create or replace                  | PutItem on condition of the revision that was read              |
 */
const schemas: { readonly [K in Kind]: z.ZodType<Definitions[K]> } = { entity: Entity, view: FeatureView, service: FeatureService };
const row = z.object({ document: z.object({ S: z.string() }), revision: z.object({ N: z.string() }) });
/** No definition has another name, and not every text can be a key. */
const isName = (text: string) => nameSchema.safeParse(text).success;
const partition = (kind: Kind) => `definition#${kind}`;

function parse<K extends Kind>(kind: K, item: unknown) {
  const { document, revision } = row.parse(item);
  return { definition: schemas[kind].parse(JSON.parse(document.S)), revision: Number(revision.N) };
}

export const definitionStore = (client: DynamoDBClient, TableName: string): DefinitionStore => ({
  async find(kind, name) {
    if (!isName(name)) return undefined;
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: partition(kind) }, sk: { S: name } }, ConsistentRead: true }));
    return Item && parse(kind, Item);
  },
  async put(kind, definition, revision) {
    try {
      await client.send(
        new PutItemCommand({
          TableName,
          Item: {
            pk: { S: partition(kind) },
            sk: { S: definition.name },
            document: { S: JSON.stringify(definition) },
            revision: { N: String(revision + 1) },
          },
          ...(revision === 0
            ? { ConditionExpression: "attribute_not_exists(pk)" }
            : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": { N: String(revision) } } }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
  async remove(kind, name) {
    await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: partition(kind) }, sk: { S: name } } }));
  },
  async list(kind, { limit, after }) {
    const found: Definitions[typeof kind][] = [];
    let start = after === undefined ? undefined : { pk: { S: partition(kind) }, sk: { S: after } };
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: partition(kind) } },
          ConsistentRead: true,
          Limit: limit - found.length,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) found.push(parse(kind, item).definition);
      start = page.LastEvaluatedKey as typeof start;
    } while (start && found.length < limit);
    return found;
  },
});
