import type { RecordState } from "#core/tracking/record.ts";
import type { RecordIndex } from "#core/tracking/record-index.ts";
import { compact } from "#stores/dynamodb/tracking/compact.ts";
import type { ItemTable } from "#stores/dynamodb/tracking/item-table.ts";
import { runKeys } from "#stores/dynamodb/tracking/keys.ts";
import { recordIndex } from "#stores/dynamodb/tracking/record-index.ts";
import { type Records, recordsIn } from "#stores/dynamodb/tracking/record-reader.ts";
import { blockFiles } from "#stores/s3/blocks/block-files.ts";
import type { Objects } from "#stores/s3/objects.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { Crash, type Surroundings } from "./memory-table.ts";

export const recordsOn = (table: ItemTable): Records => recordsIn(table, runKeys);

/** Objects in memory whose calls let others take their turns, and may end their caller. */
export function objectsAmid({ pause, crashes }: Surroundings): Objects {
  const objects = memoryObjects();
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    await pause();
    if (crashes()) throw new Crash();
    const result = await act();
    await pause();
    if (crashes()) throw new Crash();
    return result;
  };
  return { ...objects, get: (...args) => step(() => objects.get(...args)), put: (...args) => step(() => objects.put(...args)) };
}

/** A process that searches: warm from its second search on. */
export interface Searcher {
  readonly records: Records;
  readonly index: RecordIndex;
  /** Every record of experiment 7. */
  search(): Promise<ReadonlyMap<string, RecordState>>;
}

export function searcherOn(table: ItemTable, objects: Objects): Searcher {
  const records = recordsOn(table);
  const index = recordIndex(records, blockFiles(objects, "artifacts"));
  return {
    records,
    index,
    async search() {
      const { packed, live, replaced } = await index.open("7", Promise.resolve(1));
      const gone = new Set(replaced.map(([segment, row]) => `${segment}/${row}`));
      const found = new Map<string, RecordState>();
      for (const [number, segment] of [...packed, live].entries()) {
        const rows = segment.ids.map((_, row) => row).filter((row) => segment.outdated?.[row] !== 1 && !gone.has(`${number}/${row}`));
        const states = await segment.states(rows);
        for (const [at, row] of rows.entries()) {
          const [id, state] = [segment.ids[row] ?? "", states[at]];
          if (found.has(id) || !state) throw new Error(`a search shows ${id} ${state ? "twice" : "without a state"}`);
          found.set(id, state);
        }
      }
      return found;
    },
  };
}

/** Packs experiment 7, by a process of its own unless `records` are given. */
export const compactOn = (table: ItemTable, objects: Objects, records = recordsOn(table)) => compact(records, blockFiles(objects, "artifacts"), "7", 1);
