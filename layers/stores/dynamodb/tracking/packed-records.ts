import { type Recent, recent } from "#core/recent.ts";
import { type BlockFiles, shared } from "../../s3/blocks/block-files.ts";
import { type Block, openBlock } from "../../s3/blocks/read-block.ts";
import type { Base } from "./base-item.ts";
import { type ListedBlock, type Manifest, readBlockList } from "./manifest.ts";

/** The newest row of a record. */
export interface PackedRow {
  readonly block: number;
  readonly row: number;
  readonly version: number;
}

/** What one manifest says is packed. */
export interface PackedRecords {
  readonly manifest: Manifest;
  readonly list: readonly ListedBlock[];
  readonly blocks: readonly Block[];
  /** For each block 1 at rows that another block has a newer version of; undefined for blocks without such rows. */
  readonly outdated: readonly (Uint8Array | undefined)[];
  readonly newest: ReadonlyMap<string, PackedRow>;
}

export type PackedCache = Recent<Promise<PackedRecords>>;
export const packedCache = (): PackedCache => recent<Promise<PackedRecords>>(48 * 1024 * 1024);
/** About the bytes of a row in {@link PackedRecords.newest}. */
const rowBytes = 150;

async function load(files: BlockFiles, manifest: Manifest, list: readonly ListedBlock[]): Promise<PackedRecords> {
  const blocks = await Promise.all(list.map((place) => openBlock(files, place)));
  const newest = new Map<string, PackedRow>();
  const outdated: (Uint8Array | undefined)[] = blocks.map(() => undefined);
  const mark = ({ block, row }: PackedRow) => {
    const marks = outdated[block] ?? new Uint8Array(blocks[block]?.head.ids.length ?? 0);
    outdated[block] = marks;
    marks[row] = 1;
  };
  for (const [block, { head }] of blocks.entries())
    for (const [row, id] of head.ids.entries()) {
      const found: PackedRow = { block, row, version: head.versions[row] ?? 0 };
      const known = newest.get(id);
      if (known) mark(known.version >= found.version ? found : known);
      if (!known || known.version < found.version) newest.set(id, found);
    }
  return { manifest, list, blocks, outdated, newest };
}

/** What a manifest says is packed: from memory where this process has read it before. @throws BlockGone */
export async function packedRecords(files: BlockFiles, cache: PackedCache, manifest: Manifest): Promise<PackedRecords> {
  const known = cache.get(manifest.at);
  if (known) return await known;
  const list = await readBlockList(files, manifest);
  const rows = list.reduce((sum, block) => sum + block.rows, 0);
  return await shared(cache, manifest.at, 1000 + rows * rowBytes, () => load(files, manifest, list));
}

/** The records of some ids as packed, those that are not packed left out. */
export async function packedBases({ blocks, newest }: PackedRecords, ids: readonly string[]): Promise<ReadonlyMap<string, Base>> {
  const wanted = Map.groupBy(
    ids.flatMap((id) => {
      const at = newest.get(id);
      return at ? [{ id, ...at }] : [];
    }),
    ({ block }) => block,
  );
  const found = await Promise.all(
    [...wanted].map(async ([block, rows]) => {
      const states = (await blocks[block]?.states(rows.map(({ row }) => row))) ?? [];
      return rows.flatMap(({ id, version }, index) => {
        const state = states[index];
        return state ? [[id, { version, state }] as const] : [];
      });
    }),
  );
  return new Map(found.flat());
}
