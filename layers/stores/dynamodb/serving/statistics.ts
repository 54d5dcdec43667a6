/**
 * Traffic statistics in the platform table: what each process counted in each minute.
 *
 * | pattern | key condition |
 * | --- | --- |
 * | a process writes its minute, again and again | PutItem pk = `STATISTICS#<endpoint>`, sk = `<minute>#<process>` |
 * | an endpoint's minutes | Query pk = `STATISTICS#<endpoint>`, sk between two minutes |
 *
 * Each item holds the whole count of its process and minute, so that a write that is repeated counts nothing twice and
 * processes never wait for each other. `expiresAt` removes them after two days.
 */
import { randomUUID } from "node:crypto";
import { type AttributeValue, type DynamoDBClient, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { StatisticsSink } from "#core/serving/record-statistics.ts";
import { type MinuteCounts, mergeMinutes, type VariantCounts } from "#core/serving/statistics.ts";

/** Reads what all processes counted. */
export interface StatisticsReader {
  /** One entry per minute with traffic, earliest first. Minutes since the epoch, both included. */
  read(endpoint: string, from: number, to: number): Promise<MinuteCounts[]>;
}

const keptSeconds = 2 * 86_400;

/** Numbers in a fixed order, buckets of the latency as pairs: a third of the size of named fields. */
const Packed = z.record(z.string(), z.tuple([z.int(), z.int(), z.int(), z.int(), z.int(), z.array(z.tuple([z.int(), z.int()]))]));
const Row = z.object({ minute: z.object({ N: z.coerce.number() }), counts: z.object({ S: z.string() }) }).transform(
  ({ minute, counts }): MinuteCounts => ({
    minute: minute.N,
    variants: new Map(
      Object.entries(Packed.parse(JSON.parse(counts.S))).map(([name, [requests, errors, refusals, rows, nullRows, latency]]): [string, VariantCounts] => [
        name,
        { requests, errors, refusals, rows, nullRows, latency: new Map(latency) },
      ]),
    ),
  }),
);
const packed = ({ variants }: MinuteCounts) =>
  JSON.stringify(
    Object.fromEntries(
      [...variants].map(([name, { requests, errors, refusals, rows, nullRows, latency }]) => [
        name,
        [requests, errors, refusals, rows, nullRows, [...latency]],
      ]),
    ),
  );
const sortKey = (minute: number) => String(minute).padStart(10, "0");

export function statisticsStore(client: DynamoDBClient, TableName: string): StatisticsSink & StatisticsReader {
  const processId = randomUUID();
  return {
    async write(endpoint, part) {
      const Item: Record<string, AttributeValue> = {
        pk: { S: `STATISTICS#${endpoint}` },
        sk: { S: `${sortKey(part.minute)}#${processId}` },
        minute: { N: String(part.minute) },
        counts: { S: packed(part) },
        expiresAt: { N: String(part.minute * 60 + keptSeconds) },
      };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
    async read(endpoint, from, to) {
      const parts: MinuteCounts[] = [];
      const input = {
        TableName,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: { ":pk": { S: `STATISTICS#${endpoint}` }, ":from": { S: sortKey(from) }, ":to": { S: `${sortKey(to)}#~` } },
      };
      for await (const page of paginateQuery({ client }, input)) for (const item of page.Items ?? []) parts.push(Row.parse(item));
      return mergeMinutes(parts);
    },
  };
}
