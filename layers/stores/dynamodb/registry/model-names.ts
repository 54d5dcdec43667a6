import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ModelNames } from "#core/logged-models/logged-model.ts";
import { dynamoDbTable } from "../tracking/dynamodb-table.ts";

export const modelNamePartition = (experimentId: string, name: string) => `LN#${experimentId}#${name}`;

/**
 * Names of logged models in the tracking table. Clients look for a logged model by name on every listing of a run's files.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | logged models of a name in an experiment | Query pk = `LN#<experiment>#<name>`, sk = model id |
 */
export function modelNames(client: DynamoDBClient, tableName: string): ModelNames {
  const table = dynamoDbTable(client, tableName);
  return {
    add: async (experimentId, name, modelId) => await table.put({ pk: { S: modelNamePartition(experimentId, name) }, sk: { S: modelId } }),
    find: async (experimentId, name) => (await table.query(modelNamePartition(experimentId, name))).flatMap(({ sk }) => sk?.S ?? []),
  };
}
