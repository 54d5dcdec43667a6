import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExperiment } from "#core/tracking/experiments.ts";
import { logBatch } from "#core/tracking/log-batch.ts";
import type { RunsContext } from "#core/tracking/open-runs.ts";
import type { Point } from "#core/tracking/points.ts";
import { recordId } from "#core/tracking/record-id.ts";
import { createRun } from "#core/tracking/runs.ts";
import { searchRuns } from "#core/tracking/search-runs.ts";
import { compactExperiment } from "#stores/dynamodb/tracking/compact-experiment.ts";
import { dynamoDbTable } from "#stores/dynamodb/tracking/dynamodb-table.ts";
import { flipManifest } from "#stores/dynamodb/tracking/manifest.ts";
import { runSearchContext } from "#stores/dynamodb/tracking/run-search-context.ts";
import { trackingStores } from "#stores/dynamodb/tracking/tracking-stores.ts";
import { blockFiles } from "#stores/s3/blocks/block-files.ts";
import { type PackedRecord, packBlock } from "#stores/s3/blocks/pack-block.ts";
import { countedObjects } from "#test/support/counted-objects.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { type Meter, metered } from "#test/support/metered.ts";

const counted = countedObjects();
const bucket = "artifacts";
let tables: LocalTables;
beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(() => tables.stop());

/** A process of its own: its searches are cold at first. */
function newProcess(): { readonly ctx: RunsContext; readonly client: DynamoDBClient; readonly meter: Meter } {
  const client = new DynamoDBClient({ endpoint: tables.endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  return { ctx: runSearchContext(client, { table: tables.table("tracking"), objects: counted.objects, bucket }), client, meter: metered(client) };
}

const packedRun = (experimentId: string, index: number): PackedRecord => {
  const point = (key: string, step: number): [string, Point] => [key, { key, value: (index * step) % 1, step: 1, timestamp: index }];
  const info = new Map<string, string | number>([
    ["stage", "active"],
    ["epoch", 0],
    ["status", "FINISHED"],
    ["start", index],
  ]);
  const params = new Map([["lr", ["0.1", "0.01"][index % 2] ?? ""]]);
  const metrics = new Map([point("acc", 0.618), point("loss", 0.414), point("f1", 0.732)]);
  const id = recordId({ experimentId, shard: 0 }, index.toString(16).padStart(22, "0"));
  return { id, version: 1, state: { info, params, tags: new Map([["mlflow.runName", `run-${index}`]]), links: new Map(), metrics } };
};

/** An experiment of so many runs that have been packed. */
async function packedExperiment(name: string, runs: number): Promise<string> {
  const { experimentId } = await createExperiment(newProcess().ctx, { name });
  const files = blockFiles(counted.objects, bucket);
  const blocks = [];
  for (let start = 0; start < runs; start += 1024) {
    const rows = Array.from({ length: Math.min(1024, runs - start) }, (_, index) => packedRun(experimentId, start + index));
    const { bytes, headBytes } = packBlock(rows);
    const at = `blocks/${experimentId}/${start}`;
    await counted.objects.put({ bucket, key: at }, bytes);
    blocks.push({ at, bytes: bytes.length, headBytes, rows: rows.length, cells: rows.length * 9 });
  }
  const table = dynamoDbTable(tables.client, tables.table("tracking"));
  await flipManifest(table, files, experimentId, { before: { version: 0, at: "" }, at: `manifests/${experimentId}/1`, blocks });
  return experimentId;
}

const search = { filter: "metrics.acc > 0.9 and params.lr = '0.1'", orderBy: ["metrics.loss ASC"], viewType: "ACTIVE_ONLY", maxResults: 100 } as const;

describe("a search of packed runs costs", () => {
  it.each([1_000, 10_000])("of %i runs, the first time 3 read units and an object for each block and their list, then 3 read units", async (runs) => {
    const experimentId = await packedExperiment(`${runs} runs`, runs);
    const { ctx, meter } = newProcess();
    counted.take();
    const cold = await searchRuns(ctx, [experimentId], search);

    expect(meter.take()).toEqual({ calls: 3, readUnits: 3, writeUnits: 0 });
    expect(counted.take().gets).toBe(Math.ceil(runs / 1024) + 1);
    expect(await searchRuns(ctx, [experimentId], search)).toEqual(cold);
    await searchRuns(ctx, [experimentId], { ...search, orderBy: ["params.lr DESC"], filter: "tags.mlflow.runName LIKE '%7'" });
    expect(meter.take()).toEqual({ calls: 6, readUnits: 6, writeUnits: 0 });
    expect(counted.take().gets).toBe(0);
  });

  it("on a walk of 10,000 runs in pages of 1,000, 3 read units a page", async () => {
    const experimentId = await packedExperiment("walked", 10_000);
    const { ctx, meter } = newProcess();
    const seen = new Set<string>();
    let [pages, pageToken]: [number, string | undefined] = [0, undefined];
    do {
      const page = await searchRuns(ctx, [experimentId], { viewType: "ALL", maxResults: 1000, pageToken });
      for (const { runId } of page.items) seen.add(runId);
      pageToken = page.nextPageToken;
      pages++;
    } while (pageToken !== undefined);

    expect({ pages, seen: seen.size }).toEqual({ pages: 10, seen: 10_000 });
    expect(meter.take()).toEqual({ calls: 30, readUnits: 30, writeUnits: 0 });
  });

  it("with 10 runs written to since, no more than what these have in the table", async () => {
    const experimentId = await packedExperiment("written to", 2_000);
    const { ctx, meter } = newProcess();
    const fresh = await Promise.all(Array.from({ length: 10 }, (_, index) => createRun(ctx, { experimentId, startTime: 10_000 + index })));
    await searchRuns(ctx, [experimentId], search);
    meter.take();
    const { items } = await searchRuns(ctx, [experimentId], { viewType: "ALL", maxResults: 10 });

    expect(new Set(items.map(({ runId }) => runId))).toEqual(new Set(fresh.map(({ runId }) => runId)));
    expect(meter.take().readUnits).toBeLessThanOrEqual(4);
  });
});

describe("compaction", () => {
  it("of 200 runs costs at most 4.2 write units and 1 read unit for each, and 2 objects", async () => {
    const { ctx, client, meter } = newProcess();
    const { experimentId } = await createExperiment(ctx, { name: "to be packed" });
    for (let index = 0; index < 200; index++) {
      const { runId } = await createRun(ctx, { experimentId, startTime: index });
      await logBatch(ctx, runId, {
        metrics: ["acc", "loss"].map((key) => ({ key, value: index, timestamp: 1, step: 1 })),
        params: [{ key: "lr", value: "0.1" }],
      });
    }
    meter.take();
    counted.take();
    const { experiments, runRecords: records } = trackingStores(client, tables.table("tracking"));
    const files = blockFiles(counted.objects, bucket);

    expect(await compactExperiment({ experiments, records, files, now: Date.now }, experimentId)).toEqual({ packed: 200, retired: 200 });
    const { readUnits, writeUnits } = meter.take();
    expect(writeUnits / 200).toBeLessThanOrEqual(4.2);
    expect(readUnits / 200).toBeLessThanOrEqual(1);
    expect(counted.take().puts).toBe(2);
  });
});
