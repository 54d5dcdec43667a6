import { expect, it } from "vitest";
import { recordId } from "#core/tracking/record-id.ts";
import { fold } from "#stores/dynamodb/tracking/fold.ts";
import { type Records, readRecord } from "#stores/dynamodb/tracking/record-reader.ts";
import { recordStore } from "#stores/dynamodb/tracking/record-store.ts";
import { dice, fuzzTimeout, seeds, world } from "./interleaving.ts";
import { memoryTable } from "./memory-table.ts";
import { compactOn, objectsAmid, recordsOn, searcherOn } from "./processes.ts";

const experiment = { stage: "active", epoch: 0 } as const;
const id = recordId({ experimentId: "7", shard: 0 }, "0123456789abcdef012345");

type Race = "delete and restore against folds" | "a search against compaction" | "two values of a param" | "a history against a fold";

/** A short round on one run: two compactions and a fold against the one thing that `race` names, without crashes. */
async function round(race: Race, seed: number): Promise<void> {
  const chance = dice(seed);
  const { roll, oneOf } = chance;
  const place = world(chance, 0, roll() < 0.33);
  const table = memoryTable(place);
  const objects = objectsAmid(place);
  const limits = { liveBytes: roll() < 0.5 ? 80 : 400, direct: 4, pendingChunks: 2 };
  const store = () => recordStore(recordsOn(table), limits);
  const searches = searcherOn(table, objects);
  const warm = searches.records;
  const warmStore = store();
  const pack = () => compactOn(table, objects);
  const foldOnce = async (records: Records) => {
    const snapshot = await readRecord(records, id);
    if (snapshot) await fold(records, snapshot);
  };
  const log = (step: number) => store().change(id, { points: [{ key: "k", step, timestamp: step, value: step }] }, experiment);
  let acknowledged = 0;
  const logger = async () => {
    for (let step = 1; step <= 3; step++) {
      expect((await log(step)).kind).toBe("written");
      acknowledged = step;
    }
  };
  const searcher = async () => {
    for (let n = 0; n < 4; n++) {
      const need = acknowledged;
      const state = (await (roll() < 0.5 ? searches : searcherOn(table, objects)).search()).get(id);
      expect(state, "the run is found").toBeDefined();
      expect(Number(state?.metrics.get("k")?.step), "the latest acknowledged point shows").toBeGreaterThanOrEqual(need);
    }
  };
  const historian = async () => {
    for (let n = 0; n < 4; n++) {
      const need = acknowledged;
      const steps = (await store().history(id, "k")).map(({ step }) => step);
      expect(steps.slice(0, need + 1), "the history has every acknowledged point").toEqual(Array.from({ length: need + 1 }, (_, step) => step));
    }
  };
  const accepted: string[] = [];
  const setParam = async (value: string) => {
    const result = await oneOf(warmStore, store()).change(id, { params: new Map([["p", value]]) }, experiment);
    if (result.kind === "written") accepted.push(value);
  };

  const toggle = async () => {
    for (const stage of ["deleted", "active", "deleted", "active"]) await warmStore.change(id, { info: new Map([["stage", stage]]) });
    expect((await log(9)).kind, "a restored run takes points").toBe("written");
  };

  await place.run([
    (async () => {
      await store().create(id, { info: new Map([["status", "RUNNING"]]) }, experiment);
      await log(0);
      if (roll() < 0.5) await searches.search();
      if (roll() < 0.5) await warmStore.find(id);
      if (roll() < 0.7) await pack();
      const against = {
        "delete and restore against folds": () => [toggle(), foldOnce(warm), pack(), foldOnce(recordsOn(table))],
        "a search against compaction": () => [searcher(), searcher(), logger()],
        "two values of a param": () => [setParam("a"), setParam("b"), setParam("a"), pack(), foldOnce(warm)],
        "a history against a fold": () => [historian(), historian(), logger(), foldOnce(warm)],
      }[race];
      await Promise.all([pack(), pack(), foldOnce(recordsOn(table)), ...against()]);
      const state = await store().find(id);
      expect(new Set(accepted).size, "a param is acknowledged with one value").toBeLessThanOrEqual(1);
      for (const value of accepted) expect(state?.params.get("p")).toBe(value);
    })(),
  ]);
}

it.each<[Race]>([["delete and restore against folds"], ["a search against compaction"], ["two values of a param"], ["a history against a fold"]])(
  "loses nothing when racing %s",
  { timeout: fuzzTimeout },
  async (race) => {
    expect.hasAssertions();

    for (const seed of seeds(400)) await round(race, seed);
  },
);
