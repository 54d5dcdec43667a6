import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** A run of bytes inside one blob. An object is a list of them: parts of an upload stay where they were written, copies share them. */
export interface Segment {
  readonly blob: string;
  readonly offset: number;
  readonly length: number;
}

/** Immutable files with random names. Object keys never become file names. */
export interface Blobs {
  /** Writes all bytes to disk and gives them a name; nothing refers to it yet. On failure nothing is left. */
  write(bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** Bytes of the segments in order; `skip` of them are left out at the front, at most `length` come. Memory: one piece. */
  read(segments: readonly Segment[], skip: number, length: number): AsyncGenerator<Uint8Array>;
  /** Keeps the blobs of these segments on disk until the returned function is called. */
  pin(segments: readonly Segment[]): () => void;
  /** Removes the files that no index row names and nobody reads, now or once the last reader is done. */
  discard(blobs: readonly string[]): Promise<void>;
  /** Removes what an earlier process left unfinished. Only for the start, before the first request. */
  sweep(): Promise<number>;
}

const pieceBytes = 256 * 1024;

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // directories cannot be opened there, NTFS journals the rename
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param isReferenced whether the index names a blob */
export async function openBlobs(folder: string, isReferenced: (blob: string) => boolean): Promise<Blobs> {
  const incoming = join(folder, "incoming");
  const data = join(folder, "data");
  const shards = Array.from({ length: 256 }, (_none, index) => join(data, index.toString(16).padStart(2, "0")));
  for (const path of [incoming, data, ...shards]) await mkdir(path, { recursive: true });
  await Promise.all([syncFolder(folder), syncFolder(data)]);
  const fileOf = (blob: string) => join(data, blob.slice(0, 2), blob);
  const readers = new Map<string, number>();
  const doomed = new Set<string>();

  async function discard(blobs: readonly string[]): Promise<void> {
    for (const blob of blobs) {
      if (readers.has(blob)) doomed.add(blob);
      else if (!isReferenced(blob)) await rm(fileOf(blob), { force: true });
    }
  }

  return {
    discard,
    async write(bytes) {
      const blob = randomBytes(16).toString("hex");
      const draft = join(incoming, blob);
      try {
        const handle = await open(draft, "wx", 0o600);
        try {
          for await (const piece of bytes) await handle.writeFile(piece);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, fileOf(blob));
        await syncFolder(join(data, blob.slice(0, 2)));
        return blob;
      } catch (error) {
        await rm(draft, { force: true });
        await rm(fileOf(blob), { force: true });
        throw error;
      }
    },
    async *read(segments, skip, length) {
      let before = skip;
      let left = length;
      for (const segment of segments) {
        if (left <= 0) return;
        if (before >= segment.length) {
          before -= segment.length;
          continue;
        }
        const start = segment.offset + before;
        const count = Math.min(segment.length - before, left);
        yield* createReadStream(fileOf(segment.blob), { start, end: start + count - 1, highWaterMark: pieceBytes });
        left -= count;
        before = 0;
      }
    },
    pin(segments) {
      const blobs = new Set(segments.map(({ blob }) => blob));
      for (const blob of blobs) readers.set(blob, (readers.get(blob) ?? 0) + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        for (const blob of blobs) {
          const count = (readers.get(blob) ?? 1) - 1;
          if (count > 0) readers.set(blob, count);
          else {
            readers.delete(blob);
            if (doomed.delete(blob)) void discard([blob]);
          }
        }
      };
    },
    async sweep() {
      let removed = 0;
      for (const path of [incoming, ...shards])
        for (const name of await readdir(path)) {
          if (path !== incoming && isReferenced(name)) continue;
          await rm(join(path, name), { force: true });
          removed++;
        }
      return removed;
    },
  };
}
