import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Removal, RemovalStore } from "#core/tracking/removal.ts";
import { entryKey, experimentKey, goneItem, isGone, keyItem, nameKey } from "./experiment-items.ts";
import { expressions } from "./expressions.ts";
import { type Condition, equal, type Item, type ItemTable, type Key } from "./item-table.ts";
import { transact } from "./transaction.ts";

const partition = "L#removals#0";
export const removalKey = (experimentId: string): Key => ({ pk: partition, sk: experimentId });

const asItem = ({ experimentId, name, artifactLocation, shards, requestedAt, by }: Removal): Item => ({
  ...keyItem(removalKey(experimentId)),
  name: { S: name },
  location: { S: artifactLocation },
  shards: { N: String(shards) },
  requested: { N: String(requestedAt) },
  by: { S: by },
});
const readRemoval = (item: Item): Removal => ({
  experimentId: item["sk"]?.S ?? "",
  name: item["name"]?.S ?? "",
  artifactLocation: item["location"]?.S ?? "",
  shards: Number(item["shards"]?.N),
  requestedAt: Number(item["requested"]?.N),
  by: item["by"]?.S ?? "",
});

/**
 * Experiments that are gone for good, in the tracking table.
 *
 * | access | how |
 * |---|---|
 * | begin | one transaction: experiment says that it is gone, name and entry go, the removal is noted |
 * | is it gone | GetItem `E#<id>` `e`, attribute `gone` |
 * | of which something is left | Query `L#removals#0` |
 */
export function removalStore(client: DynamoDBClient, TableName: string, table: ItemTable): RemovalStore {
  const written = (condition: Condition) => {
    const builder = expressions();
    return { ConditionExpression: builder.condition(condition), ...builder.attributes() };
  };
  return {
    async begin(removal) {
      const { experimentId, name, requestedAt } = removal;
      const { done } = await transact(client, [
        { Put: { TableName, Item: { ...goneItem(experimentId, requestedAt) }, ...written(equal("stage", { S: "deleted" })) } },
        { Delete: { TableName, Key: { ...keyItem(nameKey(name)) }, ...written(equal("id", { S: experimentId })) } },
        { Delete: { TableName, Key: { ...keyItem(entryKey(experimentId)) } } },
        { Put: { TableName, Item: { ...asItem(removal) } } },
      ]);
      return done;
    },
    async isGone(experimentId) {
      const [item] = await table.get([experimentKey(experimentId)]);
      return item !== undefined && isGone(item);
    },
    list: async () => (await table.query(partition)).map(readRemoval),
  };
}
