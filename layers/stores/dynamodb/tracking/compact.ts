import { packedFolders } from "#contracts/platform/tracking-tasks.ts";
import { eachOf } from "#core/each-of.ts";
import type { BlockFiles } from "../../s3/blocks/block-files.ts";
import { type PackedRecord, packBlock } from "../../s3/blocks/pack-block.ts";
import { newNonce } from "./fold.ts";
import { flipManifest, type ListedBlock, readManifest } from "./manifest.ts";
import { type PackedRecords, packedBases, packedCache, packedRecords } from "./packed-records.ts";
import { blocksToMerge, cellsOf, portions } from "./plan-blocks.ts";
import { type Records, readLives, withBases } from "./record-reader.ts";
import { retire, type Settled, settle } from "./retire.ts";

export interface Compacted {
  /** Records that were packed, or packed again. */
  readonly packed: number;
  readonly retired: number;
}

/** Records of one step: what is in memory, and what a crash leaves to be done again. */
const stepRecords = 4096;

/** The rows of blocks that no other block has a newer version of. */
async function rowsOf({ blocks, outdated }: PackedRecords, merged: ReadonlySet<number>): Promise<PackedRecord[]> {
  const lists = [...merged].map(async (index) => {
    const block = blocks[index];
    const rows = (block?.head.ids ?? []).flatMap((_, row) => (outdated[index]?.[row] === 1 ? [] : [row]));
    const states = (await block?.states(rows)) ?? [];
    return states.map((state, at): PackedRecord => {
      const row = rows[at] ?? 0;
      return { id: block?.head.ids[row] ?? "", version: block?.head.versions[row] ?? 0, state };
    });
  });
  return (await Promise.all(lists)).flat();
}

/** Writes a block under a name that was never used. */
async function writeBlock({ objects, bucket }: BlockFiles, experimentId: string, records: readonly PackedRecord[]): Promise<ListedBlock> {
  const { bytes, headBytes } = packBlock(records);
  const at = `${packedFolders.blocks}${experimentId}/${newNonce()}${newNonce()}`;
  await objects.put({ bucket, key: at }, bytes, "application/octet-stream");
  return { at, bytes: bytes.length, headBytes, rows: records.length, cells: records.reduce((sum, { state }) => sum + cellsOf(state), 0) };
}

/** Packs what is newer than what is packed, and flips the manifest. @returns how many records; undefined when another was faster */
async function pack(records: Records, files: BlockFiles, experimentId: string, settled: readonly Settled[]): Promise<number | undefined> {
  const before = await readManifest(records.table, experimentId);
  const present = await packedRecords(files, packedCache(), before);
  const newer = settled.filter(({ id, base }) => base.version > (present.newest.get(id)?.version ?? 0));
  const fresh = new Map(newer.map(({ id, base }): [string, PackedRecord] => [id, { id, version: base.version, state: base.state }]));
  const cells = [...fresh.values()].reduce((sum, { state }) => sum + cellsOf(state), 0);
  const merged = blocksToMerge(present, { rows: fresh.size, cells });
  const old = (await rowsOf(present, merged)).filter(({ id }) => !fresh.has(id));
  const rows = [...old, ...fresh.values()];
  if (rows.length === 0 && merged.size === 0) return 0;
  const written: ListedBlock[] = [];
  for (const portion of portions(rows)) written.push(await writeBlock(files, experimentId, portion));
  const blocks = [...present.list.filter((_, index) => !merged.has(index)), ...written];
  const at = `${packedFolders.lists}${experimentId}/${newNonce()}${newNonce()}`;
  return (await flipManifest(records.table, files, experimentId, { before, at, blocks })) ? rows.length : undefined;
}

/**
 * Folds what is live, packs it into blocks, lets searches see them, and only then takes away the live items that hold nothing more. Every
 * prefix of these steps is a valid state, so that it may be repeated, raced and cut off anywhere; {@link BlockGone} says that another
 * compaction went on in the meantime.
 * @param onStep before every some thousands of records
 */
export async function compact(
  records: Records,
  files: BlockFiles,
  experimentId: string,
  shards: number,
  onStep: () => Promise<void> = async () => undefined,
): Promise<Compacted> {
  const lives = await readLives(
    records,
    experimentId,
    Array.from({ length: shards }, (_, shard) => shard),
  );
  const done = { packed: 0, retired: 0 };
  for (let start = 0; start < lives.length; start += stepRecords) {
    const step = lives.slice(start, start + stepRecords);
    await onStep();
    const present = await packedRecords(files, packedCache(), await readManifest(records.table, experimentId));
    const known = await packedBases(
      present,
      step.filter(({ base }) => base > 0).map(({ key }) => key.sk),
    );
    const snapshots = await withBases(records, step, known);
    const settled = (await eachOf(snapshots, (snapshot) => settle(records, snapshot))).filter((one) => one !== undefined);
    const packed = await pack(records, files, experimentId, settled);
    if (packed === undefined) return done;
    const clean = settled.flatMap(({ live }) => live ?? []);
    await eachOf(clean, (live) => retire(records, live));
    done.packed += packed;
    done.retired += clean.length;
  }
  return done;
}
