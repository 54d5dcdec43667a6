import { setTimeout } from "node:timers/promises";
import { packedFolders } from "#contracts/platform/tracking-tasks.ts";
import { eachOf } from "#core/each-of.ts";
import type { Remains } from "#core/tracking/finish-removal.ts";
import type { RecordStore } from "#core/tracking/record-store.ts";
import type { Removal, RemovalStore } from "#core/tracking/removal.ts";
import type { BlockFiles } from "../../s3/blocks/block-files.ts";
import { modelNamePartition } from "../registry/model-names.ts";
import type { Item, ItemTable, Key } from "./item-table.ts";
import { modelKeys, type RecordKeys, runKeys } from "./keys.ts";
import { takeLease } from "./lease.ts";
import { readManifest } from "./manifest.ts";
import { packedCache, packedRecords } from "./packed-records.ts";
import { removalKey } from "./removal-store.ts";
import { activityKey } from "./run-activity.ts";

const minute = 60_000;
/** Longer than a compaction keeps others away after its last word. */
const patience = { tries: 20, everyMs: 4_500 };

const keyOf = ({ pk, sk }: Item): Key => ({ pk: pk?.S ?? "", sk: sk?.S ?? "" });

/** What experiments that are gone left in the tracking table and in blocks; see recordStore and experimentStore for where it lies. */
export function remains(table: ItemTable, files: BlockFiles, loggedModels: Pick<RecordStore, "find">, removals: Pick<RemovalStore, "list">): Remains {
  const clear = async (pk: string, isKept: (sk: string) => boolean = () => false) => {
    const keys = (await table.query(pk)).map(keyOf).filter(({ sk }) => !isKept(sk));
    await eachOf(keys, (key) => table.delete(key));
  };
  /** What is kept beside the live item goes first: that one tells that there was a record. */
  async function removeRecord(keys: RecordKeys, id: string): Promise<void> {
    await clear(keys.own(id));
    const live = keys.locate(id)?.live;
    if (live) await table.delete(live);
  }
  async function liveIds(keys: RecordKeys, { experimentId, shards }: Removal): Promise<string[]> {
    const lists = await Promise.all(Array.from({ length: shards }, (_, shard) => table.query(keys.partition(experimentId, shard))));
    return lists.flat().map((item) => keyOf(item).sk);
  }
  async function removeObjects(prefix: string): Promise<void> {
    const objects = await files.objects.list(files.bucket, prefix);
    await eachOf(objects, ({ key }) => files.objects.remove({ bucket: files.bucket, key }));
  }
  return {
    list: () => removals.list(),
    async claim({ experimentId }) {
      for (let tries = 0; tries < patience.tries; tries += 1) {
        if (await takeLease(table, experimentId, Date.now(), Date.now() + minute)) return true;
        await setTimeout(patience.everyMs);
      }
      return false;
    },
    async records(removal) {
      const [runs, models] = await Promise.all([liveIds(runKeys, removal), liveIds(modelKeys, removal)]);
      const { newest } = await packedRecords(files, packedCache(), await readManifest(table, removal.experimentId));
      return { runs: [...new Set([...newest.keys(), ...runs])], models };
    },
    removeRun: (runId) => removeRecord(runKeys, runId),
    async removeModel({ experimentId }, modelId) {
      const name = (await loggedModels.find(modelId))?.info.get("name");
      if (typeof name === "string") await table.delete({ pk: modelNamePartition(experimentId, name), sk: modelId });
      await removeRecord(modelKeys, modelId);
    },
    async end({ experimentId }) {
      // The manifest goes before its list: where that is gone already, the next attempt could not read it.
      await clear(`X#${experimentId}`);
      for (const folder of Object.values(packedFolders)) await removeObjects(`${folder}${experimentId}/`);
      await clear(`E#${experimentId}`, (sk) => sk === "e");
      await table.delete(activityKey(experimentId));
      await table.delete(removalKey(experimentId));
    },
  };
}
