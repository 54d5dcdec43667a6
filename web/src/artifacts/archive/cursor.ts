import type { BytesAt } from "./bytes-at.ts";

/** Goes through bytes from the first to the last. */
export interface Cursor {
  /** The next bytes; fewer where they end. */
  readonly take: (count: number) => Promise<Uint8Array>;
  readonly skip: (count: number) => Promise<void>;
}

const pieceBytes = 65_536;

/** Through a file by ranges: what is skipped is not read. @param mostReads after so many ranges the bytes end */
export function rangeCursor(read: BytesAt, size: number, mostReads: number): Cursor {
  let [at, from, reads]: [number, number, number] = [0, 0, 0];
  let piece = new Uint8Array();
  return {
    take: async (count) => {
      if (at < from || at + count > from + piece.length) {
        const to = Math.min(size, at + Math.max(count, pieceBytes));
        if (to <= at || reads >= mostReads) return new Uint8Array();
        piece = new Uint8Array(await read(at, to));
        from = at;
        reads += 1;
      }
      const taken = piece.subarray(at - from, at - from + count);
      at += taken.length;
      return taken;
    },
    skip: async (count) => {
      at += count;
      await Promise.resolve();
    },
  };
}

/** Through bytes as they come. @param mostBytes after so many they end, however many a small file unpacks to */
export function streamCursor(stream: ReadableStream<Uint8Array>, mostBytes: number): Cursor {
  const reader = stream.getReader();
  let [buffer, passed]: [Uint8Array, number] = [new Uint8Array(), 0];
  const more = async (): Promise<boolean> => {
    const { value } = passed >= mostBytes ? { value: undefined } : await reader.read();
    if (!value) return false;
    passed += value.length;
    const joined = new Uint8Array(buffer.length + value.length);
    joined.set(buffer);
    joined.set(value, buffer.length);
    buffer = joined;
    return true;
  };
  return {
    take: async (count) => {
      while (buffer.length < count && (await more()));
      const taken = buffer.subarray(0, count);
      buffer = buffer.subarray(taken.length);
      return taken;
    },
    skip: async (count) => {
      let left = count;
      while (left > buffer.length) {
        left -= buffer.length;
        buffer = new Uint8Array();
        if (!(await more())) return;
      }
      buffer = buffer.subarray(left);
    },
  };
}
