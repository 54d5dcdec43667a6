/**
 * Slots of pipelines, in the platform table.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | take or prolong | UpdateItem pk = `SLOT#<pipeline>`, sk = `s`, if free, expired or mine |
 * | release | DeleteItem of the same key, if mine |
 */
import { ConditionalCheckFailedException, DeleteItemCommand, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { SlotStore } from "#core/pipelines/slots.ts";

const isRefused = (error: unknown): error is ConditionalCheckFailedException => error instanceof ConditionalCheckFailedException;

export function slotStore(client: DynamoDBClient, TableName: string): SlotStore {
  const key = (pipeline: string) => ({ pk: { S: `SLOT#${pipeline}` }, sk: { S: "s" } });
  return {
    async take(pipeline, holder, now, until) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName,
            Key: key(pipeline),
            UpdateExpression: "SET holder = :holder, leaseUntil = :until",
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            ConditionExpression: "attribute_not_exists(pk) OR holder = :holder OR leaseUntil < :now",
            ExpressionAttributeValues: { ":holder": { S: holder }, ":until": { N: String(until) }, ":now": { N: String(now) } },
          }),
        );
        return holder;
      } catch (error) {
        if (isRefused(error)) return error.Item?.["holder"]?.S ?? "";
        throw error;
      }
    },
    async release(pipeline, holder) {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName,
            Key: key(pipeline),
            ConditionExpression: "holder = :holder",
            ExpressionAttributeValues: { ":holder": { S: holder } },
          }),
        );
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
    },
  };
}
