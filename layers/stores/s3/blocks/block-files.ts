import { type Recent, recent } from "#core/recent.ts";
import type { CellColumn } from "#core/search/columns.ts";
import type { Extent, Objects } from "../objects.ts";
import type { Moments } from "./block-columns.ts";
import type { BlockColumn, BlockHead } from "./block-head.ts";

/** Where a block lies, and how much of it must be read to know what is in it. */
export interface BlockPlace {
  readonly at: string;
  readonly bytes: number;
  readonly headBytes: number;
}

/** A block's head, and its columns by entity and key. */
export interface KnownHead extends BlockHead {
  readonly byName: ReadonlyMap<string, BlockColumn>;
}

/** Objects in a bucket, and what a warm process keeps of them. Objects never change, so that nothing kept is ever out of date. */
export interface BlockFiles {
  readonly objects: Objects;
  readonly bucket: string;
  readonly whole: Recent<Promise<Buffer>>;
  readonly heads: Recent<Promise<KnownHead>>;
  readonly columns: Recent<CellColumn>;
  readonly moments: Recent<Moments>;
}

const mebibyte = 1024 * 1024;
/** At most about 130 MiB are kept, in decoded columns for the most part. */
export const blockFiles = (objects: Objects, bucket: string): BlockFiles => ({
  objects,
  bucket,
  whole: recent(32 * mebibyte),
  heads: recent(24 * mebibyte),
  columns: recent(56 * mebibyte),
  moments: recent(16 * mebibyte),
});

/** An object that the manifest named is gone: it was swept after the manifest had changed, so that reading it once more shows others. */
export class BlockGone extends Error {
  override readonly name = "BlockGone";
}

async function read({ objects, bucket }: BlockFiles, key: string, extent?: Extent): Promise<Buffer> {
  const bytes = await objects.get({ bucket, key }, extent);
  if (!bytes) throw new BlockGone(`${key} is gone`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The value that is kept, or is being made for another caller, or is made now. */
export function shared<T>(kept: Recent<Promise<T>>, key: string, weight: number, make: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.put(key, made, weight);
  made.catch(() => kept.drop(key));
  return made;
}

/** Up to here a block is read as a whole, in one call; beyond, only the pieces that are asked for. */
const wholeBytes = mebibyte;
/** Pieces that lie this near are read in one call. */
const nearBytes = 64 * 1024;

/** Extents in order, near ones as one. */
function joined(extents: readonly Extent[]): readonly Extent[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of extents.toSorted((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && start - last.end <= nearBytes) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

/** Pieces of a block, in the order asked. @throws BlockGone */
export async function readPieces(files: BlockFiles, { at, bytes }: BlockPlace, extents: readonly Extent[]): Promise<readonly Buffer[]> {
  if (bytes <= wholeBytes) {
    const all = await shared(files.whole, at, bytes, () => read(files, at));
    return extents.map(({ start, end }) => all.subarray(start, end));
  }
  const spans = await Promise.all(joined(extents).map(async (span) => ({ ...span, body: await read(files, at, span) })));
  return extents.map(({ start, end }) => {
    const span = spans.find((one) => one.start <= start && end <= one.end);
    return span ? span.body.subarray(start - span.start, end - span.start) : Buffer.alloc(0);
  });
}
