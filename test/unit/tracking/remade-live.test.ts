import { beforeEach, describe, expect, it } from "vitest";
import { ownLifecycle } from "#core/tracking/lifecycle.ts";
import { recordId } from "#core/tracking/record-id.ts";
import type { ItemTable } from "#stores/dynamodb/tracking/item-table.ts";
import { readRecord } from "#stores/dynamodb/tracking/record-reader.ts";
import { recordStore } from "#stores/dynamodb/tracking/record-store.ts";
import { retire, settle } from "#stores/dynamodb/tracking/retire.ts";
import { memoryTable } from "./memory-table.ts";
import { recordsOn } from "./processes.ts";

const id = recordId({ experimentId: "7", shard: 0 }, "0123456789abcdef012345");
const experiment = { stage: "active", epoch: 2 } as const;
const param = (value: string) => ({ params: new Map([["p", value]]) });

let table: ItemTable;
/** Folds the run and takes its live item away, as compaction does. */
const compacted = async () => {
  const snapshot = await readRecord(recordsOn(table), id);
  const settled = snapshot && (await settle(recordsOn(table), snapshot));
  if (settled?.live) await retire(recordsOn(table), settled.live);
  expect(await table.get([{ pk: "L#7#0", sk: id }])).toEqual([undefined]);
};
beforeEach(async () => {
  table = memoryTable();
  await recordStore(recordsOn(table)).create(id, { tags: new Map([["t", "1"]]) }, experiment);
  await compacted();
});

describe("a run whose live item compaction took away", () => {
  it("is got, and takes writes under the lifecycle that it had", async () => {
    const store = recordStore(recordsOn(table));

    expect(await store.change(id, { tags: new Map([["t", "2"]]) }, experiment)).toEqual({ kind: "written" });
    const state = await recordStore(recordsOn(table)).find(id);
    expect(state && ownLifecycle(state)).toEqual(experiment);
    expect(state?.tags.get("t")).toBe("2");
    expect(await store.change(id, param("x"), { stage: "deleted", epoch: 3 })).toEqual({ kind: "notActive", stage: "deleted" });
  });

  it("shows a param that was set, folded and taken away while another writer made the live item again", async () => {
    const warm = recordStore(recordsOn(table));
    await warm.find(id);
    let hasRun = false;
    const slowTable: ItemTable = {
      ...table,
      async putBeside(...args) {
        if (!hasRun) {
          hasRun = true;
          await recordStore(recordsOn(table)).change(id, param("first"), experiment);
          await compacted();
        }
        return table.putBeside(...args);
      },
    };
    const slow = recordStore(recordsOn(slowTable));

    expect(await slow.change(id, { points: [{ key: "m", step: 1, timestamp: 1, value: 1 }] }, experiment)).toEqual({ kind: "written" });
    expect((await warm.find(id))?.params.get("p")).toBe("first");
    expect(await warm.change(id, param("second"), experiment)).toMatchObject({
      kind: "paramConflict",
      conflicts: [{ key: "p", old: "first", given: "second" }],
    });
  });
});
