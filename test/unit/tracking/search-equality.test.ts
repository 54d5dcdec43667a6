import { expect, it } from "vitest";
import { recent } from "#core/recent.ts";
import { columnKeys } from "#core/tracking/column-keys.ts";
import type { Experiment, ExperimentStore } from "#core/tracking/experiment.ts";
import type { RunSearchContext } from "#core/tracking/open-runs.ts";
import type { RecordState } from "#core/tracking/record.ts";
import { runQuery } from "#core/tracking/run-query.ts";
import { searchRuns } from "#core/tracking/search-runs.ts";
import { cellsOf, selectRuns } from "#core/tracking/select-runs.ts";
import { keysOfStates } from "#core/tracking/state-segment.ts";
import { recordStore } from "#stores/dynamodb/tracking/record-store.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { type Dice, dice } from "./interleaving.ts";
import { memoryTable } from "./memory-table.ts";
import { plainSearch } from "./plain-search.ts";
import { compactOn, searcherOn } from "./processes.ts";
import { plainState, randomChange, randomId, randomParams, randomSearch } from "./random-runs.ts";

const experiment: Experiment = {
  experimentId: "7",
  name: "seven",
  artifactLocation: "mlflow-artifacts:/7",
  createdAt: 1,
  updatedAt: 1,
  tags: new Map(),
  stage: "active",
  epoch: 0,
  shards: 1,
};

/** Runs in a table of their own, and searches of them by one warm process. */
function setUp() {
  const table = memoryTable();
  const objects = memoryObjects();
  const { records, index } = searcherOn(table, objects);
  const present = { ...experiment };
  const experiments = { find: async (id: string) => (id === present.experimentId ? present : undefined) } as Pick<ExperimentStore, "find"> as ExperimentStore;
  const ctx: RunSearchContext = { experiments, runs: recordStore(records), runIndex: index, rankings: recent(1e7) };
  const ids: string[] = [];
  return { table, objects, present, ctx, ids };
}
type Setting = ReturnType<typeof setUp>;

async function change({ ctx, present, ids }: Setting, chance: Dice): Promise<void> {
  const { oneOf, roll } = chance;
  if (roll() < 0.4) {
    const id = randomId(chance);
    ids.push(id);
    const { points = [], ...state } = randomChange(chance);
    await ctx.runs.create(id, { ...state, params: randomParams(chance) }, { stage: oneOf("active", "active", "deleted"), epoch: present.epoch });
    await ctx.runs.change(id, { points });
  } else if (ids.length > 0 && roll() < 0.97) await ctx.runs.change(oneOf(ids[0] ?? "", ...ids.slice(1)), randomChange(chance));
  else Object.assign(present, { stage: present.stage === "active" ? "deleted" : "active", epoch: present.epoch + 1 });
}

const statesOf = async ({ ctx, ids }: Setting): Promise<ReadonlyMap<string, RecordState>> => {
  const found = await Promise.all(ids.map(async (id) => [id, await ctx.runs.find(id)] as const));
  return new Map(found.flatMap(([id, state]) => (state ? [[id, state] as const] : [])));
};

/** Walks a random search page by page, both ways. @returns how many pages agreed */
async function compare(setting: Setting, chance: Dice): Promise<number> {
  const { ctx, present } = setting;
  const states = await statesOf(setting);
  const search = randomSearch(chance);
  let pages = 0;
  for (let pageToken: string | undefined; pages === 0 || pageToken !== undefined; pages++) {
    const wanted = plainSearch(present, states, { ...search, pageToken });
    const page = await searchRuns(ctx, ["7", "8", "x", "7"], { ...search, pageToken });
    const shown = ({ runId, stage, name, state }: (typeof page.items)[number]) => [runId, stage, name, plainState(state)];
    expect(page.items.map(shown), JSON.stringify(search)).toEqual(wanted.items.map(shown));
    expect(page.nextPageToken === undefined).toBe(wanted.nextPageToken === undefined);
    pageToken = page.nextPageToken;
  }
  const whole = plainSearch(present, states, { ...search, maxResults: 50_000 }).items;
  const selection = await selectRuns(ctx, ["7"], runQuery(search));
  const selected = await selection.take(50_000);
  expect(await selection.count()).toBe(whole.length);
  const columns = [
    { entity: "metric", key: "acc" },
    { entity: "tag", key: "team" },
    { entity: "attribute", key: "end_time" },
    { entity: "param", key: "nobody has it" },
  ] as const;
  expect(await cellsOf(selected, columns)).toEqual(
    whole.map(({ state, endTime }) => [state.metrics.get("acc")?.value, state.tags.get("team"), endTime, undefined]),
  );
  expect(await columnKeys(ctx, ["7"])).toEqual(keysOfStates([...states.values()]));
  return pages;
}

it("shows page by page what looking at every run as a whole would show", async () => {
  let pages = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const chance = dice(seed);
    const setting = setUp();
    for (let step = 0; step < 30; step++) {
      await change(setting, chance);
      if (chance.roll() < 0.2) await compactOn(setting.table, setting.objects);
      if (chance.roll() < 0.4) pages += await compare(setting, chance);
    }
  }
  expect(pages).toBeGreaterThan(500);
});
