import { DependencyError } from "#core/errors.ts";
import type { CellColumn } from "#core/search/columns.ts";
import { emptyRecord } from "#core/tracking/record.ts";
import type { ColumnName, RecordIndex, RecordSegment, RecordView } from "#core/tracking/record-index.ts";
import { linkCell, linksOfCell, stateSegment } from "#core/tracking/state-segment.ts";
import { type BlockFiles, BlockGone } from "../../s3/blocks/block-files.ts";
import type { Block } from "../../s3/blocks/read-block.ts";
import { itemBytes, type Live } from "./live-item.ts";
import type { LongTexts } from "./long-texts.ts";
import { readManifest } from "./manifest.ts";
import { packedBases, packedCache, packedRecords } from "./packed-records.ts";
import { type Records, readLives, statesOf, withBases } from "./record-reader.ts";

/** When compaction is worth its while: live items that cost more than three read units, or a partition of many. */
const most = { liveBytes: 12 * 1024, liveItems: 256 };

export const needsCompaction = (lives: readonly Live[]): boolean =>
  lives.length > most.liveItems || lives.reduce((sum, { item }) => sum + itemBytes(item), 0) > most.liveBytes;

/** About what a base from a block weighs among those that were read. */
const packedBaseBytes = 1500;

export interface IndexOptions {
  /** Asks for an experiment's compaction; it must not fail. @default nobody is asked */
  readonly wantCompaction?: (experimentId: string) => Promise<void>;
}

/** A column with its long texts in place of their marks. */
async function legible(texts: LongTexts, experimentId: string, { entity }: ColumnName, column: CellColumn | undefined): Promise<CellColumn | undefined> {
  if (column?.kind !== "text") return column;
  if (entity !== "link") {
    const expanded = await texts.expandTexts(experimentId, column.texts);
    return expanded === column.texts ? column : { ...column, texts: expanded };
  }
  const states = await texts.expand(
    experimentId,
    column.texts.map((cell) => ({ ...emptyRecord, links: cell === undefined ? emptyRecord.links : linksOfCell(cell) })),
  );
  return { ...column, texts: states.map(linkCell) };
}

const blockSegment = (texts: LongTexts, experimentId: string, block: Block, outdated: Uint8Array | undefined): RecordSegment => ({
  ids: block.head.ids,
  outdated,
  async columns(names) {
    const found = await block.columns(names);
    return await Promise.all(names.map((name, index) => legible(texts, experimentId, name, found[index])));
  },
  states: async (rows) => await texts.expand(experimentId, await block.states(rows)),
  keys: async () => block.keys(),
});

const numbersFrom = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/**
 * All runs of an experiment: live items first, the manifest second. A live item goes only after a manifest that names a block with its
 * run, so that in this order every run is seen; the other way round one could be missed.
 */
export function recordIndex(records: Records, files: BlockFiles, { wantCompaction }: IndexOptions = {}): RecordIndex {
  const packed = packedCache();
  const shardsOf = new Map<string, number>();

  async function livesOf(experimentId: string, shards: Promise<number>): Promise<Live[]> {
    const known = shardsOf.get(experimentId) ?? 1;
    const [early, count] = await Promise.all([readLives(records, experimentId, numbersFrom(0, known)), shards]);
    if (count > known) shardsOf.set(experimentId, count);
    return [...early, ...(await readLives(records, experimentId, numbersFrom(known, count)))];
  }

  async function view(experimentId: string, shards: Promise<number>): Promise<RecordView> {
    const { texts, table } = records;
    const lives = await livesOf(experimentId, shards);
    const asked = wantCompaction && needsCompaction(lives) ? wantCompaction(experimentId) : undefined;
    const manifest = await readManifest(table, experimentId);
    const found = await packedRecords(files, packed, manifest);
    const onlyPacked = lives.filter(({ key, base }) => (records.bases.get(records.keys.own(key.sk))?.version ?? 0) < base).map(({ key }) => key.sk);
    const bases = await packedBases(found, onlyPacked);
    for (const [id, base] of bases) {
      const pk = records.keys.own(id);
      if ((records.bases.get(pk)?.version ?? 0) < base.version) records.bases.put(pk, base, packedBaseBytes);
    }
    const snapshots = await withBases(records, lives, bases);
    const states = await texts.expand(experimentId, await statesOf(records, snapshots));
    await asked;
    return {
      packed: found.blocks.map((block, index) => blockSegment(texts, experimentId, block, found.outdated[index])),
      stamp: manifest.at,
      live: stateSegment(new Map(states.map((state, index) => [snapshots[index]?.id ?? "", state]))),
      replaced: lives.flatMap(({ key }) => {
        const at = found.newest.get(key.sk);
        return at ? [[at.block, at.row] as const] : [];
      }),
    };
  }
  return {
    async open(experimentId, shards) {
      for (let attempt = 0; attempt < 3; attempt++) {
        try {
          return await view(experimentId, shards);
        } catch (error) {
          if (!(error instanceof BlockGone)) throw error;
        }
      }
      throw new DependencyError(`the packed records of experiment ${experimentId} are being replaced too often`);
    },
  };
}
