import type { RecordState } from "#core/tracking/record.ts";
import type { PackedRecord } from "../../s3/blocks/pack-block.ts";
import type { ListedBlock } from "./manifest.ts";
import type { PackedRecords } from "./packed-records.ts";

/** The size of a full block: rows, or values where records are wide, so that one is packed and read in tens of milliseconds. */
const full = { rows: 1024, cells: 400_000 };

export const cellsOf = ({ info, params, tags, links, metrics }: RecordState): number => info.size + params.size + tags.size + links.size + metrics.size;
const fullness = ({ rows, cells }: { readonly rows: number; readonly cells: number }) => Math.max(rows / full.rows, cells / full.cells);

/** Blocks below these sizes are merged with others of their tier once there are so many of them: a record is rewritten three times at most. */
const tiers = [1 / 64, 1 / 8, 1 / 2];
const mostInTier = 6;

/**
 * The blocks to be written anew together with new records, by their index: those of a tier that has become full, and those in which most
 * rows are out of date.
 */
export function blocksToMerge(
  { list, outdated }: Pick<PackedRecords, "list" | "outdated">,
  fresh: { readonly rows: number; readonly cells: number },
): ReadonlySet<number> {
  const merged = new Set<number>();
  for (const [index, { rows }] of list.entries()) if ((outdated[index]?.reduce((sum, mark) => sum + mark, 0) ?? 0) * 2 > rows) merged.add(index);
  const sizeOf = ({ rows, cells }: ListedBlock) => fullness({ rows, cells });
  let size = fullness(fresh);
  for (const [number, tier] of tiers.entries()) {
    const small = [...list.entries()].filter(([index, block]) => !merged.has(index) && sizeOf(block) < tier);
    const own = small.filter(([, block]) => sizeOf(block) >= (tiers[number - 1] ?? 0));
    if (size >= tier || own.length < mostInTier) continue;
    for (const [index, block] of small) {
      merged.add(index);
      size += sizeOf(block);
    }
  }
  return merged;
}

/** Records in portions of one block each. */
export function portions(records: readonly PackedRecord[]): readonly (readonly PackedRecord[])[] {
  const blocks: PackedRecord[][] = [];
  let cells = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = cellsOf(record.state);
    const open = blocks.at(-1);
    if (open === undefined || open.length >= full.rows || cells + size > full.cells) {
      blocks.push([record]);
      cells = size;
    } else {
      open.push(record);
      cells += size;
    }
  }
  return blocks;
}
