import { readRange } from "../read-file.ts";

/** Reads the bytes from one place of a file to before another. */
export type BytesAt = (from: number, to: number) => Promise<Uint8Array>;

/** @throws Error where the file is shorter than it says */
export const bytesOf =
  (file: string, signal: AbortSignal): BytesAt =>
  async (from, to) => {
    const { bytes } = await readRange(file, `${from}-${to - 1}`, signal);
    if (bytes.length !== to - from) throw new Error(`the file ends early: ${to - from} bytes expected from ${from}, got ${bytes.length}`);
    return bytes;
  };
