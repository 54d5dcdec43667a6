import { beforeEach, describe, expect, it } from "vitest";
import type { ExperimentStore } from "#core/tracking/experiment.ts";
import { emptyRecord, type RecordState } from "#core/tracking/record.ts";
import { recordId } from "#core/tracking/record-id.ts";
import { compactExperiment } from "#stores/dynamodb/tracking/compact-experiment.ts";
import type { ItemTable } from "#stores/dynamodb/tracking/item-table.ts";
import { readBlockList, readManifest } from "#stores/dynamodb/tracking/manifest.ts";
import { portions } from "#stores/dynamodb/tracking/plan-blocks.ts";
import { recordStore } from "#stores/dynamodb/tracking/record-store.ts";
import { blockFiles } from "#stores/s3/blocks/block-files.ts";
import { type MemoryObjects, memoryObjects } from "#test/support/memory-objects.ts";
import { memoryTable } from "./memory-table.ts";
import { recordsOn, searcherOn } from "./processes.ts";

const experiment = { stage: "active", epoch: 0 } as const;
const day = 86_400_000;
const experiments = { find: async (id: string) => (id === "7" ? { shards: 1 } : undefined) } as Pick<ExperimentStore, "find">;

let table: ItemTable;
let objects: MemoryObjects;
let now: number;
let made: number;
beforeEach(() => {
  table = memoryTable();
  objects = memoryObjects();
  now = 10 * day;
  made = 0;
});
const idOf = (number: number) => recordId({ experimentId: "7", shard: 0 }, number.toString(16).padStart(22, "0"));
async function newRuns(count: number): Promise<void> {
  const store = recordStore(recordsOn(table));
  for (let n = 0; n < count; n++) {
    const id = idOf(made++);
    await store.create(id, { tags: new Map([["t", id]]) }, experiment);
    await store.change(id, { points: [{ key: "m", value: n, step: 1, timestamp: 1 }] }, experiment);
  }
}
const files = () => blockFiles(objects, "artifacts");
const pack = (experimentId = "7") => compactExperiment({ experiments, records: recordsOn(table), files: files(), now: () => now }, experimentId);
const packLater = async () => {
  now += 120_000;
  return await pack();
};
const blocks = async () => await readBlockList(files(), await readManifest(table, "7"));

describe("compaction", () => {
  it("packs what is live, so that nothing is live any more and a search shows the same", async () => {
    await newRuns(5);
    const before = await searcherOn(table, objects).search();

    expect(await pack()).toEqual({ packed: 5, retired: 5 });
    expect(await table.query("L#7#0")).toEqual([]);
    expect(await searcherOn(table, objects).search()).toEqual(before);
  });

  it("does nothing for an experiment that is not there, has no runs, or was packed a moment ago", async () => {
    expect(await pack("8")).toEqual({ packed: 0, retired: 0 });
    expect(await pack()).toEqual({ packed: 0, retired: 0 });
    await newRuns(1);
    now += 5_000;
    expect(await pack()).toEqual({ packed: 0, retired: 0 });
    expect(await packLater()).toEqual({ packed: 1, retired: 1 });
  });

  it("keeps what was written to a run while it was at it, for the next time", async () => {
    await newRuns(1);
    const slow: ItemTable = {
      ...table,
      async delete(...args) {
        await recordStore(recordsOn(table)).change(idOf(0), { tags: new Map([["late", "1"]]) }, experiment);
        await table.delete(...args);
      },
    };
    await compactExperiment({ experiments, records: recordsOn(slow), files: files(), now: () => now }, "7");

    expect(await table.query("L#7#0")).toHaveLength(1);
    expect((await searcherOn(table, objects).search()).get(idOf(0))?.tags.get("late")).toBe("1");
  });

  it("merges small blocks, so that there are few of them and no run is rewritten often", async () => {
    let rewritten = 0;
    for (let round = 0; round < 120; round++) {
      await newRuns(4);
      rewritten += (await packLater()).packed;
      expect((await blocks()).length).toBeLessThanOrEqual(18);
    }

    expect((await searcherOn(table, objects).search()).size).toBe(480);
    expect(rewritten / 480).toBeLessThanOrEqual(4);
  });

  it("drops rows that are out of date when they are most of a block", async () => {
    await newRuns(10);
    await pack();
    for (let n = 0; n < 6; n++) await recordStore(recordsOn(table)).change(idOf(n), { tags: new Map([["again", "1"]]) }, experiment);
    await packLater();
    await newRuns(1);
    await packLater();

    expect((await blocks()).reduce((sum, { rows }) => sum + rows, 0)).toBe(11);
  });

  it("puts wide runs into blocks of fewer rows", () => {
    const metrics = new Map(Array.from({ length: 40_000 }, (_, index) => [`m${index}`, { key: `m${index}`, value: 1, step: 1, timestamp: 1 }] as const));
    const records = (count: number, state: RecordState) => Array.from({ length: count }, (_, index) => ({ id: idOf(index), version: 1, state }));

    expect(portions(records(12, { ...emptyRecord, metrics })).map(({ length }) => length)).toEqual([10, 2]);
    expect(portions(records(2500, emptyRecord)).map(({ length }) => length)).toEqual([1024, 1024, 452]);
  });

  it("removes blocks and lists that nothing names, a day after they were written", async () => {
    const leftover = { bucket: "artifacts", key: "blocks/7/leftover" };
    await objects.put(leftover, "left by a crash");
    await newRuns(1);
    now = day / 2;
    await pack();
    expect(objects.keys()).toContain(leftover.key);
    now = 3 * day;
    await newRuns(1);
    await pack();

    const named = [(await readManifest(table, "7")).at, ...(await blocks()).map(({ at }) => at)];
    expect(objects.keys()).toEqual(named.sort());
    expect((await searcherOn(table, objects).search()).size).toBe(2);
  });

  it("leaves a search that was at an old list of blocks with the runs of the new one", async () => {
    await newRuns(3);
    await pack();
    const first = await readManifest(table, "7");
    let isOld = true;
    const late: ItemTable = {
      ...table,
      async get(keys) {
        const items = await table.get(keys);
        if (!isOld || keys[0]?.sk !== "manifest") return items;
        isOld = false;
        return [{ v: { N: String(first.version) }, at: { S: first.at } }];
      },
    };
    await newRuns(1);
    now = 30 * day;
    await pack();
    await objects.remove({ bucket: "artifacts", key: first.at });

    expect((await searcherOn(late, objects).search()).size).toBe(4);
  });
});
