import { expect, it } from "vitest";
import { ownLifecycle } from "#core/tracking/lifecycle.ts";
import { byStep, keepLatest, type Point } from "#core/tracking/points.ts";
import type { RecordState } from "#core/tracking/record.ts";
import { recordId } from "#core/tracking/record-id.ts";
import type { Change, RecordStore } from "#core/tracking/record-store.ts";
import { fold } from "#stores/dynamodb/tracking/fold.ts";
import { readRecord } from "#stores/dynamodb/tracking/record-reader.ts";
import { recordStore } from "#stores/dynamodb/tracking/record-store.ts";
import { dice, fuzzTimeout, seeds, world } from "./interleaving.ts";
import { Crash, memoryTable } from "./memory-table.ts";
import { compactOn, objectsAmid, recordsOn, searcherOn } from "./processes.ts";

const experiment = { stage: "active", epoch: 0 } as const;
const signature = ({ key, step, timestamp, value }: Point) => `${key}|${step}|${timestamp}|${value}`;
const plain = ({ info, params, tags, links, metrics }: RecordState) =>
  JSON.stringify([info, params, tags, links, metrics].map((entries) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))).concat());

interface Known {
  readonly acknowledged: Point[];
  readonly tried: Point[];
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly unsureTags: Set<string>;
}

/** One round: four writers, two folders, a stage changer, two compactors and readers on three runs, calls crashing now and then. */
async function round(seed: number): Promise<{ acknowledged: number; crashed: number; checks: number }> {
  const chance = dice(seed);
  const { roll, pick, oneOf } = chance;
  const place = world(chance, roll() < 0.2 ? 0 : roll() * 0.04);
  const table = memoryTable(place);
  const objects = objectsAmid(place);
  const limits = { liveBytes: roll() < 0.5 ? 100 : 400, direct: 4, pendingChunks: 2 };
  const process = () => recordStore(recordsOn(table), limits);
  const warm = process();
  const searches = searcherOn(table, objects);
  const searcher = searches.records;
  const newRun = () => recordId({ experimentId: "7", shard: 0 }, Array.from({ length: 22 }, () => pick(16).toString(16)).join(""));
  const ids = [newRun(), newRun(), newRun()];
  const staged = newRun();
  const known = new Map<string, Known>(
    ids.map((id) => [id, { acknowledged: [], tried: [], params: new Map([["p0", "a"]]), tags: new Map(), unsureTags: new Set() }]),
  );
  const counts = { acknowledged: 0, crashed: 0, checks: 0 };

  const survive = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      counts.crashed++;
      return undefined;
    }
  };
  /** As the client does: up to seven repeats, unless it gives up. */
  const attempt = async (id: string, change: Change): Promise<"written" | "refused" | "unknown"> => {
    for (let n = 0; n < 8; n++) {
      const store: RecordStore = oneOf(warm, process());
      const result = await survive(() => store.change(id, change, experiment));
      if (result) {
        if (result.kind === "written") counts.acknowledged++;
        return result.kind === "written" ? "written" : "refused";
      }
      if (roll() < 0.2) return "unknown";
    }
    return "unknown";
  };
  const create = async (id: string) => {
    const state = { info: new Map([["status", "RUNNING"]]), params: new Map([["p0", "a"]]), tags: new Map([["t", "x"]]) };
    while (!(await readRecord(recordsOn(table), id).catch(() => undefined))?.live) {
      try {
        await warm.create(id, state, { stage: "active", epoch: 0 });
      } catch (error) {
        if (error instanceof Error && !["Crash", "ConditionFailed"].includes(error.name)) throw error;
      }
    }
  };

  const logPoints = async (id: string, run: Known) => {
    const many = roll() < 0.3;
    const points = Array.from({ length: many ? 5 + pick(6) : 1 + pick(3) }, () => ({
      key: `k${pick(many ? 8 : 2)}`,
      step: pick(5),
      timestamp: pick(3),
      value: oneOf(1, Number.NaN, -1),
    }));
    run.tried.push(...points);
    if ((await attempt(id, { points })) === "written") run.acknowledged.push(...points);
  };
  const logParam = async (id: string, run: Known) => {
    const key = `p${pick(3)}`;
    const value = oneOf("a", "b", "c");
    if ((await attempt(id, { params: new Map([[key, value]]) })) !== "written") return;
    expect(run.params.get(key) ?? value, "a param is acknowledged with one value only").toBe(value);
    run.params.set(key, value);
  };
  const setTag = async (id: string, run: Known, key: string) => {
    const value = `v${pick(1_000_000)}`;
    if ((await attempt(id, { tags: new Map([[key, value]]) })) === "written") {
      run.tags.set(key, value);
      run.unsureTags.delete(key);
    } else run.unsureTags.add(key);
  };
  const readBack = async (id: string, run: Known, tag: string) => {
    const need = { points: [...run.acknowledged], params: [...run.params], tag: run.unsureTags.has(tag) ? undefined : run.tags.get(tag) };
    const how = oneOf("warm search", "cold search", "get", "warm get");
    const found = await survive(async () => {
      if (how === "get" || how === "warm get") return { state: await (how === "get" ? process() : warm).find(id) };
      return { state: (await (how === "warm search" ? searches : searcherOn(table, objects)).search()).get(id) };
    });
    if (!found) return;
    counts.checks++;
    const { state } = found;
    expect(state, `${how} finds the run`).toBeDefined();
    for (const [key, value] of need.params) expect(state?.params.get(key), `${how} shows param ${key}`).toBe(value);
    if (need.tag !== undefined) expect(state?.tags.get(tag), `${how} shows tag ${tag}`).toBe(need.tag);
    const latest = new Map<string, Point>();
    for (const point of need.points) keepLatest(latest, point);
    for (const [key, point] of latest) {
      const shown = state?.metrics.get(key);
      expect(shown !== undefined && byStep(shown, point) >= 0, `${how} shows ${signature(point)} or later`).toBe(true);
    }
  };
  const writer = async (tag: string) => {
    for (let n = 0; n < 12; n++) {
      const id = oneOf(ids[0] ?? "", ...ids.slice(1));
      const run = known.get(id);
      if (!run) throw new Error("unknown run");
      const kind = pick(10);
      if (kind < 5) await logPoints(id, run);
      else if (kind < 7) await logParam(id, run);
      else if (kind < 9) await setTag(id, run, tag);
      else await attempt(id, { info: new Map([["status", oneOf("RUNNING", "FINISHED")]]) });
      if (roll() < 0.35) await readBack(id, run, tag);
    }
  };
  const folder = async () => {
    for (let n = 0; n < 10; n++)
      await survive(async () => {
        const records = oneOf(searcher, recordsOn(table));
        const snapshot = await readRecord(records, oneOf(staged, ...ids));
        if (snapshot) await fold(records, snapshot);
      });
  };
  const compactor = async () => {
    for (let n = 0; n < 4; n++) await survive(() => compactOn(table, objects, oneOf(searcher, recordsOn(table))));
  };
  const stager = async () => {
    const setStage = async (stage: string) => {
      while (!(await survive(() => process().change(staged, { info: new Map([["stage", stage]]) }))));
    };
    const log = async (step: number) => {
      for (;;) {
        const result = await survive(() => oneOf(warm, process()).change(staged, { points: [{ key: "k", step, timestamp: 0, value: step }] }, experiment));
        if (result) return result.kind;
      }
    };
    for (let n = 0; n < 6; n++) {
      await setStage("deleted");
      expect(await log(n), "a deleted run takes no points").toBe("notActive");
      const seen = await survive(() => process().find(staged));
      if (seen) expect(ownLifecycle(seen)?.stage).toBe("deleted");
      await setStage("active");
      expect(await log(n), "a restored run takes points").toBe("written");
    }
  };

  await place.run([
    (async () => {
      for (const id of [...ids, staged]) await create(id);
      await Promise.all([...["a", "b", "c", "d"].map(writer), folder(), folder(), stager(), compactor(), compactor()]);
    })(),
  ]);
  place.calmDown();
  await place.run([atTheEnd()]);
  return counts;

  async function atTheEnd() {
    const cold = await searcherOn(table, objects).search();
    const warmly = await searches.search();
    for (const [id, run] of known) {
      const state = await process().find(id);
      if (!state) throw new Error("a run is gone");
      expect(plain(cold.get(id) ?? state), "a cold search shows what get shows").toBe(plain(state));
      expect(plain(warmly.get(id) ?? state), "a warm search shows what get shows").toBe(plain(state));
      expect(cold.has(id) && warmly.has(id)).toBe(true);
      for (const [key, value] of run.params) expect(state.params.get(key)).toBe(value);
      const tried = new Set(run.tried.map(signature));
      for (const key of new Set(run.tried.map((point) => point.key))) {
        const history = (await process().history(id, key)).map(signature);
        expect(new Set(history).size, "a history has each point once").toBe(history.length);
        expect(
          history.filter((point) => !tried.has(point)),
          "a history has no point that nobody logged",
        ).toEqual([]);
        const lost = run.acknowledged.filter((point) => point.key === key && !history.includes(signature(point)));
        expect(lost, "a history has every acknowledged point").toEqual([]);
      }
    }
  }
}

it("keeps every acknowledged write under random interleavings, crashes and repeats", { timeout: fuzzTimeout }, async () => {
  const total = { acknowledged: 0, crashed: 0, checks: 0 };
  for (const seed of seeds(100)) {
    const counts = await round(seed);
    total.acknowledged += counts.acknowledged;
    total.crashed += counts.crashed;
    total.checks += counts.checks;
  }
  expect(total.acknowledged).toBeGreaterThan(2400);
  expect(total.crashed).toBeGreaterThan(400);
  expect(total.checks).toBeGreaterThan(800);
});
