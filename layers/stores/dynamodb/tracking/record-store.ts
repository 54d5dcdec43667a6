import { recent } from "#core/recent.ts";
import type { Point } from "#core/tracking/points.ts";
import { emptyRecord } from "#core/tracking/record.ts";
import type { Change, ListedRecordStore, ParamConflict } from "#core/tracking/record-store.ts";
import { type Records, readHistory, readLives, readRecord, statesOf, withBases } from "./record-reader.ts";
import { changeRecord, createRecord, defaultLimits, type Limits } from "./record-writer.ts";
import { slices } from "./slices.ts";

const recentMilliseconds = 60_000;
/** Points of histories kept for the pages to come: about 70 bytes each. */
const mostPoints = 400_000;
const worthKeeping = 5000;

/**
 * Runs, and by other {@link RecordKeys} logged models, in the tracking table. `recordsIn(table, runKeys)` are the records of runs,
 * `recordsIn(table, modelKeys)` those of logged models.
 *
 * | item | pk | sk | access |
 * |---|---|---|---|
 * | live: all that happened since the base | `L#<experiment>#<shard>` (`LM#` for models) | record id | UpdateItem per write; Query per search |
 * | base: the folded record, its version | `R#<id>` (`G#` for models) | `b`, pages `b#<name>#<n>` | BatchGetItem with the live item |
 * | chunk: packed points, named by their hash | `R#<id>` | `c#<hash>` | Query per history |
 * | long text, named by its hash | `E#<experiment>` | `v#<hash>#<n>` | BatchGetItem when a record holds its mark |
 * | manifest: where the list of blocks of packed runs is | `X#<experiment>` | `manifest` | GetItem per search; PutItem per compaction |
 * | lease: who compacts until when | `X#<experiment>` | `lease` | PutItem per compaction |
 *
 * The state of a record is always the join of base, live item and the chunks that the live item names. A packed run has no live item until
 * it is written to again.
 */
export function recordStore(records: Records, limits: Limits = defaultLimits): ListedRecordStore {
  const { keys, texts } = records;
  const histories = recent<{ readonly at: number; readonly points: readonly Point[] }>(mostPoints);
  async function read(id: string, key?: string): Promise<readonly Point[]> {
    const at = Date.now();
    const points = await readHistory(records, id, key);
    if (key !== undefined && points.length > worthKeeping) histories.put(`${id}/${key}`, { at, points }, points.length);
    return points;
  }
  const experimentOf = (id: string) => keys.locate(id)?.experimentId ?? "";
  /** Texts in place of the marks that long params are compared by. */
  async function legible(experimentId: string, conflicts: readonly ParamConflict[], { params }: Change): Promise<ParamConflict[]> {
    const old = new Map(conflicts.map((conflict) => [conflict.key, conflict.old]));
    const [state] = await texts.expand(experimentId, [{ ...emptyRecord, params: old }]);
    return conflicts.map(({ key, old: mark, given }) => ({ key, old: state?.params.get(key) ?? mark, given: params?.get(key) ?? given }));
  }
  return {
    async create(id, state, own) {
      const [first = {}, ...rest] = slices(await texts.shorten(experimentOf(id), state));
      await createRecord(records, limits, id, first, own);
      for (const slice of rest) await changeRecord(records, limits, id, slice);
    },
    async find(id) {
      const snapshot = await readRecord(records, id);
      if (!snapshot || (!snapshot.live && snapshot.base.version === 0)) return undefined;
      const [state] = await texts.expand(experimentOf(id), await statesOf(records, [snapshot]));
      return state;
    },
    async change(id, change, within) {
      for (const slice of slices(await texts.shorten(experimentOf(id), change))) {
        const result = await changeRecord(records, limits, id, slice, within);
        if (result.kind === "paramConflict") return { ...result, conflicts: await legible(experimentOf(id), result.conflicts, change) };
        if (result.kind !== "written") return result;
      }
      return { kind: "written" };
    },
    history: (id, key) => read(id, key),
    async recentHistory(id, key) {
      const known = histories.get(`${id}/${key}`);
      return known && Date.now() - known.at < recentMilliseconds ? known.points : read(id, key);
    },
    async list(experimentId, shards) {
      const lives = await readLives(
        records,
        experimentId,
        Array.from({ length: shards }, (_, shard) => shard),
      );
      const snapshots = await withBases(records, lives);
      const states = await texts.expand(experimentId, await statesOf(records, snapshots));
      return new Map(states.map((state, index) => [snapshots[index]?.id ?? "", state]));
    },
  };
}
