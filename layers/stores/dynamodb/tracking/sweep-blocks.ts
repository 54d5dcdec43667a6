import { packedFolders } from "#contracts/platform/tracking-tasks.ts";
import type { BlockFiles } from "../../s3/blocks/block-files.ts";
import type { ItemTable } from "./item-table.ts";
import { readBlockList, readManifest } from "./manifest.ts";

const dayMs = 86_400_000;

/**
 * Removes blocks and lists that the manifest does not name, once they are a day old: what merges replaced and what crashes left. A block
 * younger than that may be about to be named. A search that is still at a list from before finds an object gone and begins again.
 */
export async function sweepBlocks(table: ItemTable, files: BlockFiles, experimentId: string, now: number): Promise<void> {
  const { objects, bucket } = files;
  const lists = await Promise.all(Object.values(packedFolders).map((folder) => objects.list(bucket, `${folder}${experimentId}/`)));
  const manifest = await readManifest(table, experimentId);
  const named = new Set([manifest.at, ...(await readBlockList(files, manifest)).map(({ at }) => at)]);
  const gone = lists.flat().filter(({ key, modifiedAt }) => !named.has(key) && modifiedAt < now - dayMs);
  await Promise.all(gone.map(({ key }) => objects.remove({ bucket, key })));
}
