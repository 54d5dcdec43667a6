import { expect, it } from "vitest";
import { recordId } from "#core/tracking/record-id.ts";
import { fold } from "#stores/dynamodb/tracking/fold.ts";
import type { ItemTable } from "#stores/dynamodb/tracking/item-table.ts";
import { readLives, readRecord, withBases } from "#stores/dynamodb/tracking/record-reader.ts";
import { recordStore } from "#stores/dynamodb/tracking/record-store.ts";
import { memoryTable } from "./memory-table.ts";
import { recordsOn } from "./processes.ts";

const ids = ["a", "b"].map((digit) => recordId({ experimentId: "7", shard: 0 }, digit.repeat(22)));

it("shows a run whose base leaves the cache while others are read", async () => {
  const table = memoryTable();
  for (const id of ids) {
    await recordStore(recordsOn(table)).create(id, { params: new Map([["p", id]]) }, { stage: "active", epoch: 0 });
    const snapshot = await readRecord(recordsOn(table), id);
    if (snapshot) await fold(recordsOn(table), snapshot);
  }
  const busy: ItemTable = {
    ...table,
    async get(keys) {
      const items = await table.get(keys);
      for (const id of ids) records.bases.drop(`R#${id}`);
      return items;
    },
  };
  const records = recordsOn(busy);
  const [first = ""] = ids;
  const known = await readRecord(recordsOn(table), first);
  if (known) records.bases.put(`R#${first}`, known.base, 1);

  const snapshots = await withBases(records, await readLives(records, "7", [0]));

  expect(snapshots.map(({ base }) => base.state.params.get("p"))).toEqual(ids);
});
